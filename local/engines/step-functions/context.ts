/** The context object (`$$`) of one run. The interpreter leaves `$$.State` empty, so the run fills it here. */
import type { Clock } from '../../ground/clock.ts';
import { STARTED_AT } from './definition/adapt-definition.ts';
import type { Machine } from './definition/machine.ts';
import type { Execution } from './execution.ts';

export interface RunContext {
  /** The object in which the interpreter resolves `$$` paths. */
  readonly object: Readonly<Record<string, unknown>>;
  enterState(name: string): void;
  beginAttempt(): void;
}

/**
 * `$$.State` stays the same object and only its fields change, because the interpreter copies the outer object once per run.
 * A retry does not change `EnteredTime`. `RetryCount` counts the retries of all retriers.
 */
export const createContext = (machine: Machine, execution: Execution, clock: Clock): RunContext => {
  const state = { EnteredTime: '', Name: '', RetryCount: 0 };
  let attempts = 0;
  return {
    object: {
      Execution: {
        Id: execution.executionArn,
        Name: execution.name,
        Input: execution.input,
        RoleArn: machine.roleArn,
      },
      StateMachine: { Id: machine.arn, Name: machine.name },
      State: state,
      [STARTED_AT]: new Date(execution.startedAt).toISOString(),
    },
    enterState: (name) => {
      attempts = 0;
      Object.assign(state, { EnteredTime: new Date(clock.now()).toISOString(), Name: name, RetryCount: 0 });
    },
    // Parameters are resolved before an attempt begins, so the count must already be that of the next attempt.
    beginAttempt: () => {
      attempts += 1;
      state.RetryCount = attempts;
    },
  };
};
