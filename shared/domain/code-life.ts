/** What clients know of a code's life too. They have a file of their own, so that the bundle of a client has no other limit in it. */

/** The number of digits of a code, if nothing else is set. */
export const DEFAULT_CODE_LENGTH = 6;

/**
 * A second sign-in shares the challenge of the first only if it is valid for at least this long. A mail is ordered with at
 * least `RESEND_MINIMUM_LIFE_SECONDS` left, so that Cognito's retry some seconds later never gets another challenge.
 */
export const REUSE_MINIMUM_LIFE_SECONDS = 60;

/** A resend keeps the code if it is valid for at least this long; otherwise it starts a new challenge. */
export const RESEND_MINIMUM_LIFE_SECONDS = 120;
