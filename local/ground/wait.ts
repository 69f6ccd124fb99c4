/** Waits on the local clock. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from './clock.ts';

/**
 * Waits until `ms` of shown time have passed, and follows a clock that is sped up or set forward meanwhile; one that is set
 * back makes the wait no longer. Answers false when the system stops first. Does not keep the process alive. However fast the
 * clock, the wait takes `leastRealMs`.
 */
export type Wait = (ms: number, leastRealMs?: number) => Promise<boolean>;

/** How often the clock is looked at, in real milliseconds. */
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
