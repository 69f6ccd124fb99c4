/** Explains the claims of a token. */
import { dateTime } from '../../../shared/words/times.ts';

/** What the claims of Cognito's tokens mean. */
const MEANINGS: Readonly<Record<string, string>> = {
  sub: 'User id',
  email: 'Email address',
  email_verified: 'Address is verified',
  name: 'Name',
  locale: 'Language',
  iss: 'Issued by',
  aud: 'Issued for app client',
  client_id: 'App client',
  'cognito:username': 'Username',
  username: 'Username',
  token_use: 'Kind of token',
  scope: 'Scope',
  auth_time: 'Signed in at',
  iat: 'Issued at',
  exp: 'Works until',
  jti: 'Token id',
  origin_jti: 'Id of the sign-in',
  event_id: 'Id of the event',
};

const TIMES: readonly string[] = ['auth_time', 'iat', 'exp'];

export interface ClaimRow {
  readonly name: string;
  readonly meaning: string;
  readonly value: string;
}

const showValue = (name: string, value: unknown): string => {
  if (TIMES.includes(name) && typeof value === 'number') return dateTime(value * 1000);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** Returns the claims in the order of `MEANINGS`, the most important first, and then all others. */
export const claimRows = (claims: Readonly<Record<string, unknown>>): readonly ClaimRow[] => {
  const order = Object.keys(MEANINGS);
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return Object.entries(claims)
    .toSorted(([one], [other]) => place(one) - place(other))
    .map(([name, value]) => ({ name, meaning: MEANINGS[name] ?? name, value: showValue(name, value) }));
};
