/** Emits some of the metrics that AWS itself emits for Step Functions and Lambda. */
import type { Clock } from '../../ground/clock.ts';
import type { Invocation } from '../../ground/service.ts';
import type { Execution, ExecutionStatus } from '../step-functions/execution.ts';
import type { Metrics } from './metrics.ts';

const ENDS: Readonly<Record<Exclude<ExecutionStatus, 'RUNNING'>, string>> = {
  SUCCEEDED: 'ExecutionsSucceeded',
  FAILED: 'ExecutionsFailed',
  TIMED_OUT: 'ExecutionsTimedOut',
  ABORTED: 'ExecutionsAborted',
};

/** Returns true at the start of an execution, but not when it runs again after a restart. */
const isNew = ({ status, runs, history }: Execution): boolean =>
  status === 'RUNNING' && runs === 1 && history.length === 0;

export interface AwsMetrics {
  /** For `AWS/States`. Call it with each execution at each step. */
  countExecution(execution: Execution): void;
  /** For `AWS/Lambda`. Call it after each invocation. */
  countInvocation(functionName: string, invocation: Invocation, durationMs: number): void;
  /** For `AWS/Lambda`. Call it for each invocation that is refused because too many are running. */
  countThrottle(functionName: string): void;
}

export const createAwsMetrics = (record: Metrics['record'], clock: Clock): AwsMetrics => {
  const count = (namespace: string, dimensions: Readonly<Record<string, string>>, name: string, value = 1) =>
    record({ namespace, dimensions, name, unit: 'Count', at: clock.now(), values: [value] });
  const time = (namespace: string, dimensions: Readonly<Record<string, string>>, name: string, ms: number) =>
    record({
      namespace,
      dimensions,
      name,
      unit: 'Milliseconds',
      at: clock.now(),
      values: [Math.round(ms)],
    });
  return {
    countExecution: (execution) => {
      const { stateMachineArn: StateMachineArn, status, startedAt, stoppedAt } = execution;
      if (isNew(execution)) count('AWS/States', { StateMachineArn }, 'ExecutionsStarted');
      if (status === 'RUNNING') return;
      count('AWS/States', { StateMachineArn }, ENDS[status]);
      if (stoppedAt !== undefined) {
        time('AWS/States', { StateMachineArn }, 'ExecutionTime', stoppedAt - startedAt);
      }
    },
    countThrottle: (FunctionName) => count('AWS/Lambda', { FunctionName }, 'Throttles'),
    countInvocation: (FunctionName, { kind }, durationMs) => {
      count('AWS/Lambda', { FunctionName }, 'Invocations');
      count('AWS/Lambda', { FunctionName }, 'Errors', kind === 'returned' ? 0 : 1);
      time('AWS/Lambda', { FunctionName }, 'Duration', durationMs);
    },
  };
};
