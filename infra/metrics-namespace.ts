import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * Tells one second factor from all others in the account: the stack's name, and the ids on the way from the stack to the
 * construct that `part` is directly in. An id `Default` does not count, as in the names of resources.
 */
export const nameOfWhole = (part: Construct): string => {
  const stack = Stack.of(part);
  const below = part.node.scopes.slice(stack.node.scopes.length, -1).map(({ node }) => node.id);
  return [stack.stackName, ...below.filter((id) => id !== 'Default')].join('-');
};

/** The namespace of the metrics, so that two stacks in one account are told apart, and two constructs in one stack. */
export const metricsEnvironment = (part: Construct): { readonly metricsNamespace: string } => ({
  metricsNamespace: nameOfWhole(part),
});
