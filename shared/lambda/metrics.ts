/** The service's metrics, in CloudWatch's embedded metric format: each is a log line, without a call. */
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/**
 * Every metric. A function emits one if its own write has changed the challenge, so that a repeat emits nothing. The
 * workflow's writes are measured by deliver-code (`CodeSent`) and by Step Functions (`ExecutionsFailed`). Times start at the
 * order of the mail; `TimeToVerified` starts at the challenge's creation.
 */
export const METRICS = {
  /** A challenge was created, another mail of it was ordered, or it was handed out again without another mail. */
  ChallengeRequested: MetricUnit.Count,
  ResendRequested: MetricUnit.Count,
  ChallengeReused: MetricUnit.Count,
  /** SES confirmed that it took a mail. If its response was lost, there is a `SendTryFailed` for `EmailUnanswered` instead. */
  CodeSent: MetricUnit.Count,
  TimeToSent: MetricUnit.Milliseconds,
  /** One try to send a mail failed, or came too late, by `reason`. The workflow may try again. */
  SendTryFailed: MetricUnit.Count,
  /** A delivery was refused that create-auth-challenge had not ordered like this: somebody else started it. */
  DeliveryRefused: MetricUnit.Count,
  /** SES reported something about a mail; counted once for each kind of report. */
  MailDelivered: MetricUnit.Count,
  TimeToDelivered: MetricUnit.Milliseconds,
  MailDelayed: MetricUnit.Count,
  MailBounced: MetricUnit.Count,
  MailSuppressed: MetricUnit.Count,
  /** The suppressed mails whose address is on the account's own list: it gets no codes until somebody removes it. */
  OnAccountSuppressionList: MetricUnit.Count,
  MailComplained: MetricUnit.Count,
  MailRejected: MetricUnit.Count,
  /** A report has tags of this service, but its challenge or delivery is not in the table, or it is not about the mail sent. */
  FeedbackUnmatched: MetricUnit.Count,
  /** An answer was wrong, verified the challenge, or used its last attempt. */
  AnswerWrong: MetricUnit.Count,
  ChallengeVerified: MetricUnit.Count,
  TimeToVerified: MetricUnit.Milliseconds,
  ChallengeExhausted: MetricUnit.Count,
  /** Wrong answers locked the user, counted once for each challenge; a limit refused a sign-in, a right code or a mail. */
  UserLocked: MetricUnit.Count,
  RefusedLocked: MetricUnit.Count,
  RefusedSendLimit: MetricUnit.Count,
  RefusedOrderLimit: MetricUnit.Count,
  /** The guard gave tokens for a verified challenge, or refused them. */
  TokensIssued: MetricUnit.Count,
  TokensRefused: MetricUnit.Count,
  /** A challenge was closed because the user's address had changed. */
  ChallengeReplaced: MetricUnit.Count,
  /** The sweep closed a challenge that was mailed but not verified, or never mailed. */
  ChallengeExpired: MetricUnit.Count,
  ChallengeOrphaned: MetricUnit.Count,
  /** A challenge was closed, with whatever outcome but a right code, before any mail of it had left. */
  NeverMailed: MetricUnit.Count,
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
  ChallengeReplaced: ['create-auth-challenge'],
  ChallengeExpired: ['sweep-challenges'],
  ChallengeOrphaned: ['sweep-challenges'],
  NeverMailed: ['create-auth-challenge', 'deliver-code', 'verify-auth-challenge', 'sweep-challenges'],
  TokensIssued: ['guard-tokens'],
  TokensRefused: ['guard-tokens'],
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

/** Emits values. `reason` becomes a dimension, so it is one of a few words. */
export type Measure = (values: Readonly<Partial<Record<MetricName, number>>>, reason?: SendTryReason) => void;

/** `service` is the function's name. It is the only dimension by default, because AWS bills each further value as a metric. */
export const createMeasure = (service: string, namespace: string): Measure => {
  const metrics = new Metrics({ namespace, serviceName: service });
  return (values, reason) => {
    for (const [name, value] of Object.entries(values)) {
      metrics.addMetric(name, METRICS[name as MetricName], value);
    }
    if (reason !== undefined) metrics.addDimension('reason', reason);
    metrics.publishStoredMetrics();
  };
};
