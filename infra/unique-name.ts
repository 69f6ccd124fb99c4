import { createHash } from 'node:crypto';
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

const MAX_LENGTH = 64;
/** With 10 digits the names of a million constructs are most probably all different. */
const HASH_LENGTH = 10;

/** The name of the outermost stack, and the ids from there down to the parent of `part`. An id `Default` is left out. */
const pathOf = (part: Construct): readonly string[] => {
  let stack = Stack.of(part);
  // A nested stack has no name before it is deployed.
  while (stack.nestedStackParent !== undefined) stack = stack.nestedStackParent;
  const ids = part.node.scopes.slice(stack.node.scopes.length, -1).map(({ node }) => node.id);
  return [stack.stackName, ...ids.filter((id) => id !== 'Default')];
};

/** Whether the parts can be told apart again when they are joined: by their hyphens, and from the suffix by a capital. */
const isPlain = ([stackName = '', ...ids]: readonly string[]): boolean =>
  /^[A-Za-z0-9]+$/.test(stackName) && ids.every((id) => /^[A-Z][A-Za-z0-9]*$/.test(id));

/**
 * A name for the `EmailOtp` that contains `part`, different from every other in the account and region: the stack's name and
 * the ids below it, then `suffix`, which is in lower case. It has at most `length` of the characters A–Z, a–z, 0–9, - and _.
 * Names that could be another's too, are too long or have other characters get a hash, behind the only _.
 */
export const uniqueName = (part: Construct, suffix = '', length = MAX_LENGTH): string => {
  const path = pathOf(part);
  const readable = path.join('-');
  if (isPlain(path) && readable.length + suffix.length <= length) return `${readable}${suffix}`;
  const hash = createHash('sha256').update(JSON.stringify(path)).digest('hex').slice(0, HASH_LENGTH);
  const room = length - suffix.length - HASH_LENGTH - 1;
  return `${readable.replaceAll(/[^A-Za-z0-9-]+/g, '-').slice(0, room)}_${hash}${suffix}`;
};

/** The namespace of the metrics; it keeps apart two stacks in one account, and two constructs in one stack. */
export const metricsEnvironment = (part: Construct): { readonly metricsNamespace: string } => ({
  metricsNamespace: uniqueName(part),
});
