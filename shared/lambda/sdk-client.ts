/** Time limits of the AWS SDK. Its defaults could take longer than the 5 seconds that Cognito waits for a trigger. */

/** For the sign-in: two tries of at most one second each, within the triggers' time limit of 4 seconds. */
export const TRIGGER_CLIENT = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 1000, throwOnRequestTimeout: true },
} as const;

/**
 * For sending: one try, because the workflow's retriers decide what is repeated. It takes as long as the function's time
 * limit allows, because a mail that SES accepts after the time-out would be sent twice.
 */
export const SENDING_CLIENT = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 2000, requestTimeout: 15_000, throwOnRequestTimeout: true },
} as const;

/** For work that nobody waits for: more tries, so that a short throttling does not fail a whole run. */
export const BACKGROUND_CLIENT = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 1500, throwOnRequestTimeout: true },
} as const;

/**
 * For attaching and checking a pool: Cognito allows few of these calls in a second, so a throttled one is tried again for about a
 * minute.
 */
export const PATIENT_CLIENT = {
  maxAttempts: 10,
  requestHandler: { connectionTimeout: 2000, requestTimeout: 10_000, throwOnRequestTimeout: true },
} as const;
