/**
 * The time as the service sees it. The clock of the person's machine may be wrong, and the local system's clock may be
 * shifted or faster on purpose. The local system says what its clock shows. With a deployed pool, the page uses the date
 * that its own server sends, because Cognito does not let a page read its dates.
 */
import { LOCAL_CLOCK_PATH, type LocalClock } from '../../shared/messages/local-clock.ts';
import { CONFIG_PATH, type PoolConfig } from './pool-config.ts';

export interface ServiceClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Compares the clocks again. Never rejects; if it fails, the last comparison or the person's clock is used. */
  compare(): Promise<void>;
}

/** The service's clock showed `shown` when the page's monotonic clock showed `measuredAt`. */
interface Comparison {
  readonly shown: number;
  readonly measuredAt: number;
  readonly rate: number;
}

const askLocalSystem = async (): Promise<Comparison> => {
  const response = await fetch(LOCAL_CLOCK_PATH, { cache: 'no-store' });
  const { now, rate } = (await response.json()) as LocalClock;
  return { shown: now, measuredAt: performance.now(), rate };
};

const readServerDate = async (): Promise<Comparison> => {
  const response = await fetch(CONFIG_PATH, { method: 'HEAD', cache: 'no-store' });
  // The date has whole seconds only, so it is half a second behind on average.
  const shown = Date.parse(response.headers.get('date') ?? '') + 500;
  return { shown, measuredAt: performance.now(), rate: 1 };
};

export const createServiceClock = ({ endpoint }: PoolConfig): ServiceClock => {
  let comparison: Comparison = { shown: Date.now(), measuredAt: performance.now(), rate: 1 };
  return {
    now: () => comparison.shown + (performance.now() - comparison.measuredAt) * comparison.rate,
    compare: async () => {
      const measure = endpoint === undefined ? readServerDate : askLocalSystem;
      const measured = await measure().catch(() => undefined);
      if (measured !== undefined && Number.isFinite(measured.shown)) comparison = measured;
    },
  };
};
