/** Knows how app clients stand: from the deployment, and from the table's records of them, which it keeps for a minute. */
import {
  type ClientStanding,
  clientStandingOf,
  RECORDS_CACHE_MS,
  type Taint,
} from '../../shared/clients/client-standing.ts';
import type { ClientRecords } from '../../shared/table/client-records.ts';

/** An app client of a pool. An id is empty if the event does not say it. */
export interface ClientRef {
  readonly poolId: string;
  readonly clientId: string;
}

export interface ClientBook {
  /** Makes one call if the pool's records are due. Rejects if they cannot be read, whatever was known before. */
  standingOf(client: ClientRef, now: number): Promise<ClientStanding>;
  /** Records that tokens are given without a code at a client that reports, unless it just did. Rejects if it cannot. */
  taint(client: ClientRef, now: number): Promise<void>;
}

/** The book of a deployment in which no client ever had tokens without a code. It makes no call. */
export const CLEAN_BOOK: ClientBook = {
  standingOf: async () => 'clean',
  taint: async () => {},
};

interface Page {
  readonly until: number;
  readonly taints: ReadonlyMap<string, Taint>;
  /** The clients of which this container itself has written, since it read the page, that they are tainted. */
  readonly noted: Set<string>;
}

/** `reporting` has, in epoch milliseconds by client id, until when the deployment's clients report. */
export const createClientBook = (
  records: ClientRecords,
  reporting: ReadonlyMap<string, number> = new Map(),
): ClientBook => {
  const pages = new Map<string, Page>();

  const pageOf = async (poolId: string, now: number): Promise<Page> => {
    const known = pages.get(poolId);
    // A clock that was set back would keep them for longer.
    if (known !== undefined && now < known.until && known.until <= now + RECORDS_CACHE_MS) return known;
    const taints = new Map((await records.read(poolId)).map((record) => [record.clientId, record]));
    const page = { until: now + RECORDS_CACHE_MS, taints, noted: new Set<string>() };
    pages.set(poolId, page);
    return page;
  };

  return {
    standingOf: async ({ poolId, clientId }, now) => {
      // Nothing is known of it, so it is trusted with nothing.
      if (poolId === '' || clientId === '') return 'refused';
      const { taints } = await pageOf(poolId, now);
      return clientStandingOf(reporting.get(clientId), taints.get(clientId), now);
    },
    taint: async ({ poolId, clientId }, now) => {
      // What others wrote may be older than a run that signs everybody out: it has to see that tokens still come after that.
      const { noted } = await pageOf(poolId, now);
      if (noted.has(clientId)) return;
      const refusedFrom = new Date(reporting.get(clientId) ?? now).toISOString();
      await records.taint(poolId, clientId, { at: new Date(now).toISOString(), refusedFrom });
      noted.add(clientId);
    },
  };
};
