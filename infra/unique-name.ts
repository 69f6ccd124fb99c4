import { createHash } from 'node:crypto';
import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

const MAX_LENGTH = 64;
/** With 10 digits the names of a million constructs are most probably all different. */
const HASH_LENGTH = 10;

/** The ids from below `stack` down to `construct`. An id `Default` is left out. */
const idsBelow = (stack: Stack, construct: Construct): readonly string[] =>
  construct.node.scopes
    .slice(stack.node.scopes.length)
    .map(({ node }) => node.id)
    .filter((id) => id !== 'Default');

const hashOf = (path: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(path)).digest('hex').slice(0, HASH_LENGTH);

/** The name of the outermost stack, and the ids from there down to the construct that `part` is in. */
const pathOf = (part: Construct): readonly string[] => {
  let stack = Stack.of(part);
  // A nested stack has no name before it is deployed.
  while (stack.nestedStackParent !== undefined) stack = stack.nestedStackParent;
  const parent = part.node.scope;
  return [stack.stackName, ...(parent === undefined ? [] : idsBelow(stack, parent))];
};

/** Whether the parts can be told apart again when they are joined: by their hyphens, and from the suffix by a capital. */
const isPlain = ([stackName = '', ...ids]: readonly string[]): boolean =>
  /^[A-Za-z0-9]+$/.test(stackName) && ids.every((id) => /^[A-Z][A-Za-z0-9]*$/.test(id));

/**
 * A name for the `EmailOtp` that contains `part`, different from every other in the account and region: the stack's name and
 * the ids below it, then `suffix`, which is in lower case. It has at most `length` of the characters A–Z, a–z, 0–9, - and _.
 * Names that could be another's too, are too long or have other characters get a hash, behind the only _. Where the deployment
 * names the stack, `_otp` follows the stack's name, which is as long as it is.
 */
export const uniqueName = (part: Construct, suffix = '', length = MAX_LENGTH): string => {
  const path = pathOf(part);
  const [stackName = '', ...ids] = path;
  if (Token.isUnresolved(stackName)) return `${[`${stackName}_otp`, ...ids].join('-')}${suffix}`;
  const readable = path.join('-');
  if (isPlain(path) && readable.length + suffix.length <= length) return `${readable}${suffix}`;
  const room = length - suffix.length - HASH_LENGTH - 1;
  return `${readable.replaceAll(/[^A-Za-z0-9-]+/g, '-').slice(0, room)}_${hashOf(path)}${suffix}`;
};

/** The namespace of the metrics; it keeps apart two stacks in one account, and two constructs in one stack. */
export const metricsEnvironment = (part: Construct): { readonly metricsNamespace: string } => ({
  metricsNamespace: uniqueName(part),
});

/** CloudFormation allows 255 characters; the output's own name comes behind. */
const MAX_PREFIX = 200;

/**
 * What the outputs of `otp` begin with, different from that of every other construct of its stack: its id, or nothing for the
 * id `Default`. The ids of one deeper in the stack are joined, without what is no letter or digit; as others may then look
 * the same, a hash follows. It has letters and digits, the first one a letter.
 */
export const outputPrefix = (otp: Construct): string => {
  const ids = idsBelow(Stack.of(otp), otp);
  const joined = ids.join('');
  const readable = joined.replaceAll(/^[^A-Za-z]+|[^A-Za-z0-9]+/g, '').slice(0, MAX_PREFIX);
  if (readable === joined && ids.length <= 1) return readable;
  return `${readable || 'Otp'}${hashOf(ids)}`;
};
