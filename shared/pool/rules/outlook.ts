/** What users of a client will notice once the plan is carried out. */

import type { Json } from '../json.ts';
import type { ClientOutlook } from '../plan.ts';
import { asksForCode, canRefresh, clientNameOf, hasMachines, isOpen, waysRound } from './clients.ts';

export interface ClientPlan {
  readonly clientId: string;
  readonly before: Json;
  readonly after: Json;
  readonly isTainted: boolean;
  /** The time (ISO) until which it gives tokens without a code; undefined if it does not. */
  readonly reportsUntil: string | undefined;
  /** The time (ISO) from which tokens from before are not refreshed. */
  readonly refusedFrom: string | undefined;
}

const nextSignIn = ({ before, after, reportsUntil }: ClientPlan): string => {
  if (isOpen(after)) {
    return reportsUntil === undefined
      ? `Without a code (${waysRound(after).join(', ')}), users get no tokens.`
      : `Goes on without a code until ${reportsUntil}; the tokens carry no email_otp claim. From then on they are refused.`;
  }
  if (!asksForCode(after)) return 'Users cannot sign in.';
  const gone = isOpen(before) ? ` The app has to use it: ${waysRound(before).join(', ')} is gone.` : '';
  return `Custom authentication asks for the password and a code.${gone}`;
};

const refresh = ({ before, after, isTainted, refusedFrom }: ClientPlan): string => {
  if (!canRefresh(before) && !canRefresh(after)) return 'There is none.';
  if (!isTainted) return 'Goes on.';
  return refusedFrom === undefined
    ? 'Tokens from before are not refreshed: users sign in again. Nor are later ones, until attach --revoke has signed everybody out.'
    : `Tokens from before are refreshed until ${refusedFrom}, without the email_otp claim. Then users sign in again.`;
};

export const outlookOf = (client: ClientPlan): ClientOutlook => ({
  clientId: client.clientId,
  clientName: clientNameOf(client.clientId, client.before),
  nextSignIn: nextSignIn(client),
  refresh: refresh(client),
  machine: hasMachines(client.before) ? 'Goes on.' : 'There is none.',
});
