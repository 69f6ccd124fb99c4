/** Clients that give tokens without a code for a time, while their app learns to ask for it. */
import type { ReportingClients } from '../../clients/reporting-clients.ts';

/** The time until which a client gives tokens without a code; undefined from then on, and if it is no time. `now` in Unix milliseconds. */
export const reportsUntil = (
  { reporting, now }: { readonly reporting: ReportingClients; readonly now: number },
  clientId: string,
): string | undefined => {
  const until = reporting[clientId]?.until;
  return until !== undefined && now < Date.parse(until) ? until : undefined;
};
