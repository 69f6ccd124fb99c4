/** Waits on the local clock. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from './clock.ts';

/**
 * Waits until `ms` of shown time have passed, and at least `leastRealMs` of real time. The wait becomes shorter if the clock
 * is made faster or set forward meanwhile, but not longer if it is set back. Resolves to false if the system stops first.
 * Does not keep the process alive.
 */
export type Wait = (ms: number, leastRealMs?: number) => Promise<boolean>;

/** How often the wait reads the clock, in real milliseconds. */
const LOOK_EVERY_MS = 100;

/** `closing` ends all waits at once. */
export const createWait =
  (clock: Clock, closing: AbortSignal): Wait =>
  async (ms, leastRealMs = 0) => {
    let left = ms;
    let seen = clock.now();
    while (left > 0 && !closing.aborted) {
      const pauseMs = Math.max(leastRealMs, Math.min(clock.realDuration(left), LOOK_EVERY_MS));
      await sleep(pauseMs, undefined, { signal: closing, ref: false }).catch(() => {});
      const now = clock.now();
      left -= Math.max(0, now - seen);
      seen = now;
    }
    return !closing.aborted;
  };
