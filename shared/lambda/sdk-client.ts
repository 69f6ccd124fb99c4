/** How patient the AWS SDK is. Its own defaults could use up the 5 seconds that Cognito grants a trigger. */

/** For the sign-in path: two tries of at most one second each, inside the triggers' 4-second time limit. */
export const TRIGGER_CLIENT = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 1000, throwOnRequestTimeout: true },
} as const;

/**
 * For sending: one try, because the workflow's retriers decide what is repeated, and as long as the function's time
 * limit allows, because a mail that SES accepts after we gave up would be sent twice.
 */
export const SENDING_CLIENT = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 2000, requestTimeout: 15_000, throwOnRequestTimeout: true },
} as const;

/** For work that nobody waits for: more tries, so that a throttled moment does not cost a whole run. */
export const BACKGROUND_CLIENT = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 1500, throwOnRequestTimeout: true },
} as const;
