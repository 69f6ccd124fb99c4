import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * A name for the `EmailOtp` that contains `part`, different from every other in the account: the stack's name and the ids
 * from the stack down to the parent of `part`. As in the names of resources, an id `Default` is left out.
 */
export const uniqueName = (part: Construct): string => {
  const stack = Stack.of(part);
  const below = part.node.scopes.slice(stack.node.scopes.length, -1).map(({ node }) => node.id);
  return [stack.stackName, ...below.filter((id) => id !== 'Default')].join('-');
};

/** The namespace of the metrics; it keeps apart two stacks in one account, and two constructs in one stack. */
export const metricsEnvironment = (part: Construct): { readonly metricsNamespace: string } => ({
  metricsNamespace: uniqueName(part),
});
