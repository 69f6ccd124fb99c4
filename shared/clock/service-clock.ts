/**
 * The time as the service sees it, for the clients of a sign-in. The clock of the person's machine may be wrong, and the
 * local system's clock may be shifted or faster on purpose.
 */
import { askLocalClock, type LocalClock } from './local-clock.ts';

export interface ServiceClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Compares the clocks again. Never rejects; if it fails, the last comparison or the person's clock is used. */
  compare(): Promise<void>;
}

/** The service's clock showed `shown` when this machine's monotonic clock showed `measuredAt`. */
interface Comparison {
  readonly shown: number;
  readonly measuredAt: number;
  readonly rate: number;
}

/** What the local system has said just now. */
const comparedTo = ({ now, rate }: LocalClock): Comparison => ({
  shown: now,
  measuredAt: performance.now(),
  rate,
});

/**
 * The clock of a local system, which may run at another speed. `url` is where the system shows it; a page asks the server that it
 * comes from.
 */
export const createLocalClock = (url?: URL): ServiceClock => {
  let comparison = comparedTo({ now: Date.now(), rate: 1 });
  return {
    now: () => comparison.shown + (performance.now() - comparison.measuredAt) * comparison.rate,
    compare: async () => {
      const shown = await askLocalClock(url).catch(() => undefined);
      if (shown !== undefined) comparison = comparedTo(shown);
    },
  };
};
