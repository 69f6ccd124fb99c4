/**
 * The app clients that get tokens without a code until a date, as guard-tokens has them in its environment: a JSON object with
 * the dates by client id. All variables of a function have 4 KB together, so it holds nothing else.
 */
import { utcTimeOf } from './client-standing.ts';

/** By client id. `until` is ISO 8601 in UTC. */
export type ReportingClients = Readonly<Record<string, { readonly until: string }>>;

export const writeReportingClients = (clients: ReportingClients): string =>
  JSON.stringify(Object.fromEntries(Object.entries(clients).map(([id, { until }]) => [id, until])));

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The dates in epoch milliseconds by client id; undefined if any part of the text is something else. */
export const readReportingDates = (text: string): ReadonlyMap<string, number> | undefined => {
  const clients = parse(text);
  if (typeof clients !== 'object' || clients === null || Array.isArray(clients)) return undefined;
  const dates = Object.entries(clients).map(([id, until]) => [id, utcTimeOf(until)] as const);
  return dates.some(([, until]) => Number.isNaN(until)) ? undefined : new Map(dates);
};
