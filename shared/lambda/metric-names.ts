/** The service's metrics: their names, units and dimensions. The functions emit them, the dashboard and the alarms read them. */

/**
 * Every metric. A function emits one if its own write has changed the challenge, so that a repeat emits nothing. The
 * workflow's writes are measured by deliver-code (`CodeSent`) and by Step Functions (`ExecutionsFailed`). Times start at the
 * order of the mail; `TimeToVerified` starts at the challenge's creation.
 */
export const METRICS = {
  /** A challenge was created, another mail of it was ordered, or it was handed out again without another mail. */
  ChallengeRequested: 'Count',
  ResendRequested: 'Count',
  ChallengeReused: 'Count',
  /** SES confirmed that it took a mail. If its response was lost, there is a `SendTryFailed` for `EmailUnanswered` instead. */
  CodeSent: 'Count',
  TimeToSent: 'Milliseconds',
  /** One try to send a mail failed, or came too late, by `reason`. The workflow may try again. */
  SendTryFailed: 'Count',
  /** A delivery was refused that create-auth-challenge had not ordered like this: somebody else started it. */
  DeliveryRefused: 'Count',
  /** SES confirmed that it took a notice, which carries no code; a notice could not be started, or one try to send it failed. */
  NoticeSent: 'Count',
  NoticeFailed: 'Count',
  /** SES reported something about a code's mail; counted once for each kind of report. */
  MailDelivered: 'Count',
  TimeToDelivered: 'Milliseconds',
  MailDelayed: 'Count',
  MailBounced: 'Count',
  MailSuppressed: 'Count',
  /** The suppressed mails whose address is on the account's own list: it gets no codes until somebody removes it. */
  OnAccountSuppressionList: 'Count',
  MailComplained: 'Count',
  MailRejected: 'Count',
  /** A report has tags of this service, but its challenge or delivery is not in the table, or it is not about the mail sent. */
  FeedbackUnmatched: 'Count',
  /** An answer was wrong, verified the challenge, or used its last attempt. */
  AnswerWrong: 'Count',
  ChallengeVerified: 'Count',
  TimeToVerified: 'Milliseconds',
  ChallengeExhausted: 'Count',
  /** Wrong answers locked the user, counted once for each challenge; a limit refused a sign-in, a right code or a mail. */
  UserLocked: 'Count',
  RefusedLocked: 'Count',
  RefusedSendLimit: 'Count',
  RefusedOrderLimit: 'Count',
  /** The guard gave tokens for a verified challenge, or refused them. */
  TokensIssued: 'Count',
  TokensRefused: 'Count',
  /**
   * The guard gave tokens without a code at a client that may still have them, by `client`. No write decides it, so Cognito's
   * repeated call is counted again.
   */
  TokensReported: 'Count',
  /** A person has reported by the link in a mail that it was not they who signed in, by `kind`: what that did. */
  ReportReceived: 'Count',
  /** A challenge was closed because the user's address had changed. */
  ChallengeReplaced: 'Count',
  /** The sweep closed a challenge that was mailed but not verified, or never mailed. */
  ChallengeExpired: 'Count',
  ChallengeOrphaned: 'Count',
  /** A challenge was closed, with whatever outcome but a right code, before any mail of it had left. */
  NeverMailed: 'Count',
  /** The check of the user pool has found so many things that are not as the stack wants them. */
  PoolDrift: 'Count',
} as const;

export type MetricName = keyof typeof METRICS;

/** The functions that emit each metric. Their names are the dimension `service`. */
export const EMITTED_BY = {
  ChallengeRequested: ['create-auth-challenge'],
  ResendRequested: ['create-auth-challenge'],
  ChallengeReused: ['create-auth-challenge'],
  CodeSent: ['deliver-code'],
  TimeToSent: ['deliver-code'],
  SendTryFailed: ['deliver-code'],
  DeliveryRefused: ['deliver-code'],
  NoticeSent: ['deliver-code'],
  NoticeFailed: ['verify-auth-challenge', 'deliver-code'],
  MailDelivered: ['record-feedback'],
  TimeToDelivered: ['record-feedback'],
  MailDelayed: ['record-feedback'],
  MailBounced: ['record-feedback'],
  MailSuppressed: ['record-feedback'],
  OnAccountSuppressionList: ['record-feedback'],
  MailComplained: ['record-feedback'],
  MailRejected: ['record-feedback'],
  FeedbackUnmatched: ['record-feedback'],
  AnswerWrong: ['verify-auth-challenge'],
  ChallengeVerified: ['verify-auth-challenge'],
  TimeToVerified: ['verify-auth-challenge'],
  ChallengeExhausted: ['verify-auth-challenge', 'sweep-challenges'],
  UserLocked: ['verify-auth-challenge'],
  RefusedLocked: ['create-auth-challenge', 'verify-auth-challenge'],
  RefusedSendLimit: ['create-auth-challenge'],
  RefusedOrderLimit: ['create-auth-challenge'],
  ReportReceived: ['take-report'],
  ChallengeReplaced: ['create-auth-challenge'],
  ChallengeExpired: ['sweep-challenges'],
  ChallengeOrphaned: ['sweep-challenges'],
  NeverMailed: ['create-auth-challenge', 'deliver-code', 'verify-auth-challenge', 'sweep-challenges'],
  TokensIssued: ['guard-tokens'],
  TokensRefused: ['guard-tokens'],
  TokensReported: ['guard-tokens'],
  PoolDrift: ['attach-pool'],
} as const satisfies Readonly<Record<MetricName, readonly [string, ...string[]]>>;

/** Why a try to send a mail failed: the dimension `reason` of `SendTryFailed`. */
export const SEND_TRY_REASONS = [
  'EmailThrottled',
  'EmailUnavailable',
  'EmailUnanswered',
  'EmailQuotaReached',
  'EmailRejected',
  'ChallengeClosed',
  'Unexpected',
] as const;

export type SendTryReason = (typeof SEND_TRY_REASONS)[number];
