/** Turns a state's durations, which are shown time, into real ones. A change of the clock takes effect at the next state. */
import type { Clock } from '../../ground/clock.ts';
import type { StateDefinition } from './definition/check-definition.ts';

/** The least real time for an attempt or a run: a fast clock shortens waiting, but not work. */
const MIN_TASK_SECONDS = 3;
const MIN_RUN_SECONDS = 10;
/** Replaces the interpreter's default of a minute: without `TimeoutSeconds` a task has only the machine's limit. */
const NO_LIMIT_SECONDS = 1_000_000;
/** An Express execution ends after five minutes at the latest. */
const EXPRESS_LIMIT_SECONDS = 300;

interface Retrier {
  readonly IntervalSeconds?: number;
  readonly MaxDelaySeconds?: number;
}

/** Returns seconds with a fraction, which the interpreter accepts. */
const realSeconds = (clock: Clock, seconds: number) => clock.realDuration(seconds * 1_000) / 1_000;

const limitSeconds = (clock: Clock, seconds: number, least: number) =>
  Math.max(realSeconds(clock, seconds), Math.min(seconds, least));

/** Returns the real milliseconds that a run may take, by the machine's `TimeoutSeconds`. */
export const runLimitMs = (clock: Clock, timeoutSeconds: number = EXPRESS_LIMIT_SECONDS): number =>
  limitSeconds(clock, Math.min(timeoutSeconds, EXPRESS_LIMIT_SECONDS), MIN_RUN_SECONDS) * 1_000;

export const inRealTime = (state: StateDefinition, clock: Clock): StateDefinition => {
  if (state.Type === 'Wait') return { ...state, Seconds: realSeconds(clock, Number(state.Seconds)) };
  if (state.Type !== 'Task') return state;
  const limit = state.TimeoutSeconds as number | undefined;
  const retriers = (state.Retry ?? []) as readonly Retrier[];
  return {
    ...state,
    TimeoutSeconds: limit === undefined ? NO_LIMIT_SECONDS : limitSeconds(clock, limit, MIN_TASK_SECONDS),
    Retry: retriers.map(({ IntervalSeconds = 1, MaxDelaySeconds, ...retrier }) => ({
      ...retrier,
      IntervalSeconds: realSeconds(clock, IntervalSeconds),
      ...(MaxDelaySeconds === undefined ? {} : { MaxDelaySeconds: realSeconds(clock, MaxDelaySeconds) }),
    })),
  };
};
