import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** The namespace of the stack's own metrics is its name, so that two stacks in one account are told apart. */
export const metricsEnvironment = (scope: Construct): { readonly METRICS_NAMESPACE: string } => ({
  METRICS_NAMESPACE: Stack.of(scope).stackName,
});
