/**
 * The limits and times of the service. A limit that an operator can set has one row here. Its setting, its environment
 * variable, the field that a rule reads and its line in the documentation have its name and come from this row.
 */

import { DEFAULT_CODE_LENGTH } from './code-life.ts';

export const DAY_SECONDS = 24 * 60 * 60;

const SECONDS_IN = { seconds: 1, minutes: 60, days: DAY_SECONDS } as const;

/** A whole number from `min` to `max`. If the operator sets nothing, `default` is used. */
export interface Limit {
  /** The unit of the setting, if the limit is a time. Rules and environment variables always use seconds. */
  readonly unit?: keyof typeof SECONDS_IN;
  readonly min: number;
  readonly max: number;
  readonly default: number;
  /** What the limit means, in one line for the operator. */
  readonly description: string;
  /** The document or the reason that the range comes from. */
  readonly source?: string;
}

interface Row extends Limit {
  /** The folders of the services that have the limit in their environment. */
  readonly readBy: readonly [string, ...string[]];
}

/** The window in which `sendsPerWindow` counts mails, in seconds. */
export const SEND_WINDOW_SECONDS = 15 * 60;

/** The longest lock in seconds, except for the lock that only an operator can end. */
export const MAX_LOCK_SECONDS = DAY_SECONDS;

/** Every limit that an operator can set, by its name. */
export const LIMITS = {
  codeLength: {
    min: 6,
    // A longer code is hard to copy from a mail.
    max: 10,
    default: DEFAULT_CODE_LENGTH,
    description: 'number of digits of a code',
    source: 'RFC 4226, section 5.3: at least 6',
    readBy: ['create-auth-challenge', 'deliver-code', 'verify-auth-challenge'],
  },
  codeLifetime: {
    unit: 'seconds',
    // The delivery workflow with all its retries has to end before the code expires.
    min: 300,
    max: 600,
    default: 300,
    description: 'time that a code is valid, from the start of its challenge',
    source: 'NIST SP 800-63B-4, section 3.1.3.2, and OWASP ASVS 5.0, 6.5.5: at most 10 minutes',
    readBy: ['create-auth-challenge'],
  },
  maxAttempts: {
    min: 1,
    max: 10,
    default: 5,
    description: 'number of wrong answers that closes a challenge',
    readBy: ['create-auth-challenge', 'verify-auth-challenge', 'sweep-challenges'],
  },
  maxRounds: {
    min: 1,
    max: 20,
    default: 8,
    description: 'number of answers and resends in one sign-in',
    readBy: ['define-auth-challenge'],
  },
  statusRounds: {
    min: 0,
    max: 20,
    default: 12,
    description:
      'number of rounds of one sign-in that only ask how the mail stands and do not count as `maxRounds`',
    readBy: ['define-auth-challenge', 'create-auth-challenge'],
  },
  lockThreshold: {
    min: 5,
    max: 100,
    default: 20,
    description:
      'number of wrong answers in a row, over all sign-ins, that locks the user; each further one locks again',
    source: 'RFC 4226, section 7.3: throttling holds across sign-ins',
    readBy: ['create-auth-challenge', 'verify-auth-challenge'],
  },
  lockDuration: {
    unit: 'minutes',
    // No code that was out when a lock began is valid at its end.
    min: 5,
    max: MAX_LOCK_SECONDS / SECONDS_IN.minutes,
    default: 15,
    description:
      'length of the first lock; each further wrong answer doubles it, up to a day; at least as long as `codeLifetime`',
    readBy: ['create-auth-challenge', 'verify-auth-challenge'],
  },
  // The count stops at this number, which also limits the size of the item.
  maxFailures: {
    min: 5,
    max: 100,
    default: 100,
    description:
      'number of wrong answers in a row after which only the command `unlock` lets the user in again',
    source: 'NIST SP 800-63B-4, section 3.2.2: at most 100',
    readBy: ['create-auth-challenge', 'verify-auth-challenge'],
  },
  resendCooldown: {
    unit: 'seconds',
    min: 20,
    max: 120,
    default: 30,
    description: 'time from the first mail of a challenge until another can be ordered',
    source: 'longer than the 15 seconds within which Cognito repeats its call of a trigger',
    readBy: ['create-auth-challenge'],
  },
  laterResendCooldown: {
    unit: 'seconds',
    min: 20,
    max: 300,
    default: 60,
    description: 'time from each further mail of a challenge until another can be ordered',
    source: 'as for `resendCooldown`',
    readBy: ['create-auth-challenge'],
  },
  sendsPerWindow: {
    min: 1,
    max: 10,
    default: 5,
    description: `number of mails for a user within ${SEND_WINDOW_SECONDS / SECONDS_IN.minutes} minutes that no right code has used`,
    readBy: ['create-auth-challenge'],
  },
  sendsPerDay: {
    min: 1,
    max: 50,
    default: 20,
    description: 'number of mails for a user within 24 hours that no right code has used',
    readBy: ['create-auth-challenge'],
  },
  ordersPerWindow: {
    min: 10,
    max: 100,
    default: 60,
    description: `number of mails that are ordered for a user within ${SEND_WINDOW_SECONDS / SECONDS_IN.minutes} minutes, whatever becomes of them`,
    readBy: ['create-auth-challenge'],
  },
  ordersPerDay: {
    min: 50,
    max: 500,
    default: 200,
    description: 'number of mails that are ordered for a user within 24 hours, whatever becomes of them',
    readBy: ['create-auth-challenge'],
  },
  reportLock: {
    unit: 'minutes',
    min: 0,
    max: 60,
    default: 15,
    description:
      'time in which nobody can sign in after a report "this was not me" within the life of its code; with 0 a report only ends the code',
    source: 'the person who reports is kept out too, so not for long',
    readBy: ['record-feedback/report'],
  },
  auditRetention: {
    unit: 'days',
    min: 1,
    max: 3650,
    default: 400,
    description: 'time that the trail of a challenge is kept',
    readBy: ['create-auth-challenge'],
  },
} as const satisfies Readonly<Record<string, Row>>;

export type LimitName = keyof typeof LIMITS;

/** The values of the limits as rules read them, with all times in seconds. */
export type Limits = { readonly [Name in LimitName]: number };

/** The names of the limits that a service has in its environment. */
export type LimitsReadBy<Service extends string> = {
  [Name in LimitName]: Service extends (typeof LIMITS)[Name]['readBy'][number] ? Name : never;
}[LimitName];

/** The names of the limits that a service has in its environment, as values. */
export const limitsReadBy = <Service extends string>(service: Service): readonly LimitsReadBy<Service>[] =>
  Object.entries<Row>(LIMITS).flatMap(([name, { readBy }]) =>
    readBy.includes(service) ? [name as LimitsReadBy<Service>] : [],
  );

/** Whether a name is the name of a limit. */
export const isLimitName = (name: string): name is LimitName => Object.hasOwn(LIMITS, name);

/** The number of seconds in the limit's unit; 1 if the limit is not a time. */
export const secondsIn = ({ unit }: Limit): number => (unit === undefined ? 1 : SECONDS_IN[unit]);

/**
 * The length of a lease in seconds. It is longer than the time-out of the workflow's task, which is longer than that of the
 * function, so that a lease never ends while its owner can still send.
 */
export const LEASE_SECONDS = 30;

/**
 * The sweep waits this many seconds after a challenge has expired, because the workflow may still be recording its last
 * mail. With a run each minute, a challenge that was never mailed is found within two minutes after it has expired.
 */
export const SWEEP_GRACE_SECONDS = 30;
