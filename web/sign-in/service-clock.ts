/**
 * The time as the service sees it: the person's own clock may be wrong, and the local system's may be shifted and sped
 * up on purpose. The local system is asked for its clock; elsewhere the date of the page's own server stands for it,
 * because Cognito does not let a page read its dates.
 */
import { LOCAL_CLOCK_PATH, type LocalClock } from '../../shared/messages/local-clock.ts';
import { CONFIG_PATH, type PoolConfig } from './pool-config.ts';

export interface ServiceClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Compares the clocks anew. Never rejects: the last comparison, or the person's clock, has to do. */
  compare(): Promise<void>;
}

/** `shown` at the moment `measuredAt` of the page's monotonic clock. */
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
  // The date is cut to whole seconds, so it is half a second late on average.
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
