/**
 * The time as the service sees it, for the clients of a sign-in. The clock of the person's machine may be wrong, and the
 * local system's clock may be shifted or faster on purpose.
 */
import type { LocalClock } from './local-clock.ts';

export interface ServiceClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Compares the clocks again. Never rejects; if it fails, the last comparison or the person's clock is used. */
  compare(): Promise<void>;
}

/** The service's clock showed `shown` when this machine's monotonic clock showed `measuredAt`. */
export interface Comparison {
  readonly shown: number;
  readonly measuredAt: number;
  readonly rate: number;
}

/** What the local system has said just now. */
export const comparedTo = ({ now, rate }: LocalClock): Comparison => ({
  shown: now,
  measuredAt: performance.now(),
  rate,
});

/**
 * The date of a response that has just come. It has whole seconds only, so the clock is behind by up to a second and never
 * ahead: a mail that is ordered too early is refused, and uses up an answer.
 */
export const comparedToDate = (date: string | null | undefined): Comparison =>
  comparedTo({ now: Date.parse(date ?? ''), rate: 1 });

/** `measure` compares the clocks. It may reject, and `shown` may be `NaN`. */
export const createServiceClock = (measure: () => Promise<Comparison>): ServiceClock => {
  let comparison = comparedTo({ now: Date.now(), rate: 1 });
  return {
    now: () => comparison.shown + (performance.now() - comparison.measuredAt) * comparison.rate,
    compare: async () => {
      const measured = await measure().catch(() => undefined);
      if (measured !== undefined && Number.isFinite(measured.shown)) comparison = measured;
    },
  };
};
