/** The numbers of the service and the ranges they may take. Synthesis and every function check the same table. */

/** A whole number from `min` to `max`; `default` is used when the operator sets nothing. */
export interface Limit {
  readonly min: number;
  readonly max: number;
  readonly default: number;
}

/** Digits of a code. RFC 4226 section 5.3 asks for at least 6; 10 is where reading it from a mail gets tiresome. */
export const CODE_LENGTH: Limit = { min: 6, max: 10, default: 6 };

/**
 * Seconds from a challenge's creation until its code is refused. At most 10 minutes (NIST SP 800-63B-4 section
 * 3.1.3.2, ASVS 5.0 6.5.5); at least 5, so that the delivery workflow with all its retries ends within the code's life.
 */
export const CODE_LIFETIME_SECONDS: Limit = { min: 300, max: 600, default: 300 };

/** Wrong answers that close a challenge. */
export const MAX_ATTEMPTS: Limit = { min: 1, max: 10, default: 5 };

/** Rounds (answers and resends) that one sign-in may take before it ends. */
export const MAX_ROUNDS: Limit = { min: 1, max: 20, default: 8 };

/**
 * Seconds after a challenge's first mail was ordered in which nothing orders another one for the user while that challenge
 * lives. More than the 15 seconds over which Cognito calls a trigger that does not answer again.
 */
export const RESEND_COOLDOWN_SECONDS: Limit = { min: 20, max: 120, default: 30 };

/** The same after each further mail of the challenge. */
export const LATER_RESEND_COOLDOWN_SECONDS: Limit = { min: 20, max: 300, default: 60 };

/** Mails that may be ordered for a user within `SEND_WINDOW_SECONDS`, whatever number of sign-ins asks for them. */
export const SENDS_PER_WINDOW: Limit = { min: 1, max: 10, default: 5 };
/** Length of the window of `SENDS_PER_WINDOW`, in seconds. */
export const SEND_WINDOW_SECONDS = 15 * 60;

/** Mails that may be ordered for a user within 24 hours. */
export const SENDS_PER_DAY: Limit = { min: 1, max: 50, default: 20 };

/**
 * Wrong answers in a row, over all of a user's challenges, from which on each one locks the user for a time. RFC 4226
 * section 7.3: throttling has to hold across sign-ins.
 */
export const LOCK_THRESHOLD: Limit = { min: 5, max: 100, default: 20 };

/** Minutes of the first lock. Each further failure doubles it, up to `MAX_LOCK_SECONDS`. */
export const LOCK_MINUTES: Limit = { min: 1, max: 1440, default: 15 };
/** The longest lock, in seconds, but for the one that only an operator ends. */
export const MAX_LOCK_SECONDS = 24 * 60 * 60;

/**
 * Wrong answers in a row after which only an operator unlocks the user: NIST SP 800-63B-4 section 3.2.2 allows no more
 * than 100. The count stops there, which also bounds the item.
 */
export const MAX_FAILURES: Limit = { min: 5, max: 100, default: 100 };

/** Days for which a challenge's audit trail is kept. */
export const AUDIT_RETENTION_DAYS: Limit = { min: 1, max: 3650, default: 400 };

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
