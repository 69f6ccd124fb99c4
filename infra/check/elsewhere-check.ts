/** Whether a pool that is given by its ARN or id is one that this app makes after all, or that another `EmailOtp` has. */
import { isDeepStrictEqual } from 'node:util';
import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { PoolElsewhere } from '../pool/pool-elsewhere.ts';
import { AttachRole } from '../roles/attach-role.ts';
import { poolsNamed } from './named-pools.ts';
import { warn } from './problem.ts';
import { constructsBeside, nameOf } from './synthesized.ts';

/** In its own stack, both would set the triggers. Another stack takes them off, which nobody has to know who changes that one. */
const madeByApp = ({ scope, arn, id }: PoolElsewhere): readonly string[] => {
  const stack = Stack.of(scope);
  return [...poolsNamed([arn, id], stack)].flatMap((pool) => {
    const maker = Stack.of(pool);
    const made = `${scope.node.path} is given the user pool ${nameOf(pool)} by its ARN or id, but the stack ${maker.node.path} of this app makes it`;
    if (maker === stack) return [`${made}. Give the pool itself as userPool, and leave out existingPool`];
    const text =
      `${made}, and takes the triggers off whenever a deployment of it changes the pool. Put EmailOtp into that stack and give it the ` +
      'pool itself';
    warn({ at: scope, id: 'EmailOtp-PoolOfApp', text });
    return [];
  });
};

/** Where an id is known only at deployment, the same expression in the same stack is the same pool. */
const isSame = (one: AttachRole, other: AttachRole): boolean => {
  const isKnown = !Token.isUnresolved(one.poolId);
  const [stack, otherStack] = [Stack.of(one), Stack.of(other)];
  return (
    (isKnown || stack === otherStack) &&
    isDeepStrictEqual(stack.resolve(one.poolId), otherStack.resolve(other.poolId))
  );
};

/** A pool has each trigger once. The later of the two says so. */
const sharedWith = (scope: Construct): readonly string[] => {
  const all = constructsBeside(scope).filter((one): one is AttachRole => one instanceof AttachRole);
  const at = all.findIndex(({ node }) => node.scope === scope);
  const own = all[at];
  return all
    .slice(0, Math.max(at, 0))
    .filter((one) => own !== undefined && isSame(one, own))
    .map(
      ({ node }) =>
        `${scope.node.path} and ${node.scope?.node.path} are given the same user pool, and a pool has one custom authentication. ` +
        'Leave one of the two out',
    );
};

export const problemsElsewhere = (pool: PoolElsewhere): readonly string[] => [
  ...madeByApp(pool),
  ...sharedWith(pool.scope),
];
