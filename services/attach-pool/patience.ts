/** A permission of a role that was made a moment ago is not known everywhere yet, and this function is called at once. */
import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds before each further try: a minute together. */
const PAUSES = [1_000, 2_000, 5_000, 5_000, 10_000, 15_000, 22_000];

const isDenied = (error: unknown): boolean =>
  error instanceof Error && /^(?:AccessDenied|NotAuthorized)(?:Exception)?$/.test(error.name);

/** Runs it again while AWS denies it something; throws what the last try threw. It must be such that it may be repeated. */
export const untilPermitted = async <T>(
  run: () => Promise<T>,
  [pause, ...rest]: readonly number[] = PAUSES,
): Promise<T> => {
  try {
    return await run();
  } catch (error) {
    if (pause === undefined || !isDenied(error)) throw error;
    await wait(pause);
    return untilPermitted(run, rest);
  }
};
