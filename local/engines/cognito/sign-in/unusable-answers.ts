/** Finds the trigger whose response Cognito cannot use: the client hears of it, and the function does not. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { AwsError, type Operation, type Operations } from '../../../ground/service.ts';
import { invalidLambdaResponse } from '../errors.ts';
import type { TriggerInvoke } from './triggers.ts';

export interface AnswerWatch {
  readonly invoke: TriggerInvoke;
  watch(operations: Operations): Operations;
}

/** Calls `onUnusable` with the ARN of the function that an operation called last, and with the error's name. */
export const watchAnswers = (
  invoke: TriggerInvoke,
  onUnusable: (functionArn: string, error: string) => void,
): AnswerWatch => {
  const running = new AsyncLocalStorage<{ called?: string }>();
  const watched =
    (run: Operation): Operation =>
    (input) =>
      running.run({}, async () => {
        try {
          return await run(input);
        } catch (error) {
          const called = running.getStore()?.called;
          const isUnusable = error instanceof AwsError && error.code === invalidLambdaResponse().code;
          if (isUnusable && called !== undefined) onUnusable(called, error.code);
          throw error;
        }
      });
  return {
    invoke: (functionArn, event, attempt) => {
      const store = running.getStore();
      if (store !== undefined) store.called = functionArn;
      return invoke(functionArn, event, attempt);
    },
    watch: (operations) =>
      Object.fromEntries(Object.entries(operations).map(([name, run]) => [name, watched(run)])),
  };
};
