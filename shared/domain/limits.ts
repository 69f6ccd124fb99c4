/**
 * The numbers of the service. A limit that an operator can set stands here once: its setting, its environment variable, the
 * field that a rule reads and its line in the documentation come from its row and have its name.
 */

const SECONDS_IN = { seconds: 1, minutes: 60, days: 24 * 60 * 60 } as const;

/** A whole number from `min` to `max`; `default` is used when the operator sets nothing. */
export interface Limit {
  /** Of a time: what an operator counts it in. Rules and environment variables have every time in seconds. */
  readonly unit?: keyof typeof SECONDS_IN;
  readonly min: number;
  readonly max: number;
  readonly default: number;
  /** One line for the operator. */
  readonly description: string;
  /** Where the range comes from. */
  readonly source?: string;
}

interface Row extends Limit {
  /** The services that have it in their environment, by their folders. */
  readonly readBy: readonly [string, ...string[]];
}

/** Length of the window of `sendsPerWindow`, in seconds. */
export const SEND_WINDOW_SECONDS = 15 * 60;

/** The longest lock, in seconds, but for the one that only an operator ends. */
export const MAX_LOCK_SECONDS = 24 * 60 * 60;

/** Every limit that can be set, by the one name that it has everywhere. */
export const LIMITS = {
  codeLength: {
    min: 6,
    // Reading more than this from a mail gets tiresome.
    max: 10,
    default: 6,
    description: 'digits of a code',
    source: 'RFC 4226, section 5.3: at least 6',
    readBy: ['create-auth-challenge', 'deliver-code', 'verify-auth-challenge'],
  },
  codeLifetime: {
    unit: 'seconds',
    // The delivery workflow with all its retries has to end within the code's life.
    min: 300,
    max: 600,
    default: 300,
    description: 'from a challenge’s start until its code is refused',
    source: 'NIST SP 800-63B-4, section 3.1.3.2, and OWASP ASVS 5.0, 6.5.5: at most 10 minutes',
    readBy: ['create-auth-challenge'],
  },
  maxAttempts: {
    min: 1,
    max: 10,
    default: 5,
    description: 'wrong answers that close a challenge',
    readBy: ['create-auth-challenge', 'verify-auth-challenge', 'sweep-challenges'],
  },
  maxRounds: {
    min: 1,
    max: 20,
    default: 8,
    description: 'answers and resends in one sign-in',
    readBy: ['define-auth-challenge'],
  },
  lockThreshold: {
    min: 5,
    max: 100,
    default: 20,
    description: 'wrong answers in a row, over all sign-ins, from which on each locks the user',
    source: 'RFC 4226, section 7.3: throttling holds across sign-ins',
    readBy: ['create-auth-challenge', 'verify-auth-challenge'],
  },
  lockDuration: {
    unit: 'minutes',
    min: 1,
    max: MAX_LOCK_SECONDS / SECONDS_IN.minutes,
    default: 15,
    description: 'of the first lock; each further wrong answer doubles it, up to a day',
    readBy: ['create-auth-challenge', 'verify-auth-challenge'],
  },
  // The count stops here, which also bounds the item.
  maxFailures: {
    min: 5,
    max: 100,
    default: 100,
    description: 'wrong answers in a row after which only `npm run unlock` helps',
    source: 'NIST SP 800-63B-4, section 3.2.2: at most 100',
    readBy: ['create-auth-challenge', 'verify-auth-challenge'],
  },
  resendCooldown: {
    unit: 'seconds',
    min: 20,
    max: 120,
    default: 30,
    description: 'between a challenge’s first mail and the next',
    source: 'longer than the 15 seconds within which Cognito repeats its call of a trigger',
    readBy: ['create-auth-challenge'],
  },
  laterResendCooldown: {
    unit: 'seconds',
    min: 20,
    max: 300,
    default: 60,
    description: 'between its further mails',
    source: 'as for `resendCooldown`',
    readBy: ['create-auth-challenge'],
  },
  sendsPerWindow: {
    min: 1,
    max: 10,
    default: 5,
    description: `mails for a user within ${SEND_WINDOW_SECONDS / SECONDS_IN.minutes} minutes`,
    readBy: ['create-auth-challenge'],
  },
  sendsPerDay: {
    min: 1,
    max: 50,
    default: 20,
    description: 'mails for a user within 24 hours',
    readBy: ['create-auth-challenge'],
  },
  auditRetention: {
    unit: 'days',
    min: 1,
    max: 3650,
    default: 400,
    description: 'for which a challenge’s trail is kept',
    readBy: ['create-auth-challenge'],
  },
} as const satisfies Readonly<Record<string, Row>>;

export type LimitName = keyof typeof LIMITS;

/** The limits as rules read them; times in seconds. */
export type Limits = { readonly [Name in LimitName]: number };

/** The names of the limits that a service has in its environment. */
export type LimitsReadBy<Service extends string> = {
  [Name in LimitName]: Service extends (typeof LIMITS)[Name]['readBy'][number] ? Name : never;
}[LimitName];

/** The same, as values. */
export const limitsReadBy = <Service extends string>(service: Service): readonly LimitsReadBy<Service>[] =>
  Object.entries<Row>(LIMITS).flatMap(([name, { readBy }]) =>
    readBy.includes(service) ? [name as LimitsReadBy<Service>] : [],
  );

/** Whether a name is that of a limit. */
export const isLimitName = (name: string): name is LimitName => Object.hasOwn(LIMITS, name);

/** How many seconds one of the limit's unit has; 1 for what is no time. */
export const secondsIn = ({ unit }: Limit): number => (unit === undefined ? 1 : SECONDS_IN[unit]);

/**
 * Seconds for which one execution may hold a delivery. Longer than the sending task's time-out, which is longer than
 * the function's, so a lease never ends while its owner can still send.
 */
export const LEASE_SECONDS = 30;

/**
 * A second sign-in shares the challenge of the first only while it has this long to live. Orders are made with at least
 * `RESEND_MINIMUM_LIFE_SECONDS` left, so Cognito's retry, seconds later, never gets a challenge of its own by this.
 */
export const REUSE_MINIMUM_LIFE_SECONDS = 60;

/** A resend keeps the code while at least this much of its life is left; otherwise it starts a new challenge. */
export const RESEND_MINIMUM_LIFE_SECONDS = 120;

/**
 * Seconds after its expiry for which the sweep leaves a challenge alone, because the workflow may still be writing down
 * its last mail. With a run each minute, what was never mailed is found within two minutes of its expiry.
 */
export const SWEEP_GRACE_SECONDS = 30;
