/** How an app client stands with the guard: whether tokens are given there without a code, and whether they were before. */

/** What is kept of a client where tokens were, or could be, had without a code. All times are ISO 8601 in UTC. */
export interface Taint {
  readonly taintedAt: string;
  /** From then on refresh tokens are refused, since nothing tells those of a sign-in without a code from the others. */
  readonly refusedFrom: string;
  /** Then all users had been signed out, so no refresh token from before is left. */
  readonly revokedAt?: string;
}

/**
 * - `clean`: nothing is known of tokens without a code. So every refresh token comes from a sign-in with a code, unless it is older
 *   than the service in a pool that nobody has attached.
 * - `reporting`: tokens are given without a code, for some time yet.
 * - `tainted`: a sign-in needs the code. Refresh tokens from before go on giving tokens, and nothing tells them apart.
 * - `refused`: a sign-in needs the code, and no refresh gives tokens.
 */
export type ClientStanding = 'clean' | 'reporting' | 'tainted' | 'refused';

/**
 * Milliseconds for which guard-tokens goes by the records that it has read, even if they change. For that long it may take a
 * client that has just become tainted for a clean one.
 */
export const RECORDS_CACHE_MS = 60_000;

const UTC_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;

/** Epoch milliseconds of a time as `toISOString` writes it; NaN if it is anything else. */
export const utcTimeOf = (text: unknown): number => {
  if (typeof text !== 'string' || !UTC_TIME.test(text)) return Number.NaN;
  const time = Date.parse(text);
  // `Date` takes 30 February for 2 March, and 24:00 for the next day.
  const isReal = !Number.isNaN(time) && new Date(time).toISOString().slice(0, 19) === text.slice(0, 19);
  return isReal ? time : Number.NaN;
};

/** Whether the taint still holds. What is no time revokes nothing. */
export const isTainted = (taint: Taint | undefined): boolean =>
  taint !== undefined && Number.isNaN(utcTimeOf(taint.revokedAt));

/**
 * `reportsUntil`, in epoch milliseconds, is where the deployment lets the client's sign-ins pass without a code until then, or
 * has done so; `taint` is what is stored. A revocation before `reportsUntil` is worth nothing, because tokens without a code
 * may have been given after it. What is no time refuses: every comparison with NaN is false.
 */
export const clientStandingOf = (
  reportsUntil: number | undefined,
  taint: Taint | undefined,
  now: number,
): ClientStanding => {
  if (reportsUntil !== undefined && now < reportsUntil) return 'reporting';
  if (reportsUntil === undefined && taint === undefined) return 'clean';
  if (utcTimeOf(taint?.revokedAt) >= (reportsUntil ?? Number.NEGATIVE_INFINITY)) return 'clean';
  return now < (reportsUntil ?? utcTimeOf(taint?.refusedFrom)) ? 'tainted' : 'refused';
};
