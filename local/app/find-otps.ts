/** Finds the `EmailOtp`s of an app by their outputs, and chooses which of them are run. */
import { CommandError, EXIT, usageError } from '../../shared/command/failure.ts';
import { otpPrefixes, type StackOutputs } from '../../shared/messages/stack/outputs.ts';
import type { RawStack } from '../ground/template/raw-stack.ts';
import type { Resolver } from '../ground/template/resolver.ts';

/** One `EmailOtp` of a stack. */
export interface FoundOtp {
  readonly stack: RawStack;
  /** Before the names of its outputs. */
  readonly prefix: string;
}

const NAMES = [
  'TableName',
  'StateMachineArn',
  'KeyringSecretArn',
] as const satisfies readonly (keyof StackOutputs)[];

/** The names of the outputs that a deployment of the stack would have. */
const outputNames = (resolver: Resolver, stack: RawStack): readonly string[] =>
  Object.entries(stack.template.Outputs ?? {})
    .filter(([, { Condition }]) => resolver.holds(stack, Condition))
    .map(([name]) => name);

const describe = ({ stack, prefix }: FoundOtp): string => `${prefix || 'the one'} of ${stack.id}`;

/** The pool of a template for an existing pool is in no stack, so nobody could sign in. */
const refuseWithoutPool = (otps: readonly FoundOtp[], resolver: Resolver): void => {
  const poolless = otps.find(
    ({ stack, prefix }) => !outputNames(resolver, stack).includes(`${prefix}UserPoolId`),
  );
  if (poolless === undefined) return;
  throw new CommandError(
    `The template ${poolless.stack.id} is for a user pool that another template makes, so there is nobody to sign in here. ` +
      'Run one that makes the pool: npm run template writes it without --pool existing',
    EXIT.failed,
  );
};

const refuseSeveralRegions = (otps: readonly FoundOtp[]): void => {
  const regions = [...new Set(otps.map(({ stack }) => stack.region))];
  if (regions.length < 2) return;
  const [{ stack } = { stack: { id: '' } }] = otps;
  throw new CommandError(
    `The app has an EmailOtp in ${regions.join(' and in ')}, and one local system is in one region. ` +
      `Choose a stack, for instance --stack ${stack.id} (${otps.map(describe).join(', ')})`,
    EXIT.usage,
  );
};

/** `wanted` is the name of a stack. Throws `CommandError` if there is none, or not in one region. */
export const findOtps = (
  stacks: readonly RawStack[],
  resolver: Resolver,
  wanted: string | undefined,
): readonly FoundOtp[] => {
  const all = stacks.flatMap((stack) =>
    otpPrefixes(outputNames(resolver, stack), NAMES).map((prefix) => ({ stack, prefix })),
  );
  if (all.length === 0) {
    throw new CommandError(
      `There is no EmailOtp in ${stacks.map(({ id }) => id).join(', ') || 'the app, which has no stacks'}. ` +
        'Add one as docs/adopt/cdk.md says, and start again',
      EXIT.failed,
    );
  }
  const otps = all.filter(
    ({ stack: { id, name } }) => wanted === undefined || wanted === id || wanted === name,
  );
  if (otps.length === 0) {
    const having = [...new Set(all.map(({ stack }) => stack.id))];
    throw usageError(
      `--stack: "${wanted}" has no EmailOtp; ${having.join(' and ')} ${having.length > 1 ? 'have' : 'has'}`,
    );
  }
  refuseWithoutPool(otps, resolver);
  refuseSeveralRegions(otps);
  return otps;
};
