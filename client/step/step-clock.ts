/** The service's time in the code step, from what the service itself has said. */
import type { ServiceClock } from '../../shared/clock/service-clock.ts';

export interface StepClock {
  now(): number;
  /** False while the time is a guess: a code is then not held to have ended. */
  isSure(): boolean;
  /** Notes what the service's clock showed when it answered, if it said so (ISO 8601). */
  note(shown: string | undefined): void;
  /** Resolves when a clock that can be asked has been asked. */
  compare(): Promise<void>;
}

/** Milliseconds by which this machine's date may run ahead of its timers. By more it was asleep, or its clock was set. */
const JUMP_MS = 2_000;

/** How long ago something was. Where a machine's timers do not run while it sleeps, its date says the truth. */
const stopwatch = () => {
  const [ticks, date] = [performance.now(), Date.now()];
  const ticked = () => performance.now() - ticks;
  const passed = () => Math.max(ticked(), Date.now() - date);
  return { passed, hasJumped: () => passed() - ticked() > JUMP_MS };
};

/**
 * Each answer has travelled for a while, so what it shows is never later than the service's time, and the latest of them is the
 * nearest: this clock is behind by the shortest travel time, and never ahead. A mail that is ordered too early would be refused
 * and use up a round. `shown` is what the service has said; without it, this machine's clock is the best guess. `isFresh` is false if
 * that was said before the page was loaded again.
 */
export const createStepClock = (
  shown: number | undefined,
  given?: ServiceClock,
  isFresh = true,
): StepClock => {
  let base = shown ?? Date.now();
  let since = stopwatch();
  let isGuess = !isFresh || shown === undefined;
  const now = () => given?.now() ?? base + since.passed();
  const isSure = () => given !== undefined || (!isGuess && !since.hasJumped());
  return {
    now,
    isSure,
    note: (at = '') => {
      const noted = Date.parse(at);
      if (Number.isNaN(noted)) return;
      base = isSure() ? Math.max(noted, base + since.passed()) : noted;
      since = stopwatch();
      isGuess = false;
    },
    compare: async () => given?.compare(),
  };
};
