/** The service's metrics, in CloudWatch's embedded metric format: a log line each, no call. */
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/**
 * Every metric. Whoever's write changes a challenge emits, so that a repeat emits nothing; the workflow's own writes are
 * measured by deliver-code (`CodeSent`) and by Step Functions itself (`ExecutionsFailed`). A time is measured from the
 * order of the mail, or for a verification from the challenge's creation.
 */
export const METRICS = {
  /** A challenge was created, a mail of it asked for once more, or it was handed out again without another mail. */
  ChallengeRequested: MetricUnit.Count,
  ResendRequested: MetricUnit.Count,
  ChallengeReused: MetricUnit.Count,
  /** SES took a mail and said so. Where its answer was lost there is a `SendTryFailed` for `EmailUnanswered` instead. */
  CodeSent: MetricUnit.Count,
  TimeToSent: MetricUnit.Milliseconds,
  /** One try to send a mail failed, or came too late to be made; by `reason`. The workflow may try again. */
  SendTryFailed: MetricUnit.Count,
  /** What SES reported of a mail, once for each kind of report. */
  MailDelivered: MetricUnit.Count,
  TimeToDelivered: MetricUnit.Milliseconds,
  MailDelayed: MetricUnit.Count,
  MailBounced: MetricUnit.Count,
  MailSuppressed: MetricUnit.Count,
  /** Of the suppressed ones, those on the account's own list: their owners get no code until they are taken off it. */
  OnAccountSuppressionList: MetricUnit.Count,
  MailComplained: MetricUnit.Count,
  MailRejected: MetricUnit.Count,
  /** A report that is ours by its tags, about a challenge that is not there. */
  FeedbackUnmatched: MetricUnit.Count,
  /** An answer was wrong, and what answers came to. */
  AnswerWrong: MetricUnit.Count,
  ChallengeVerified: MetricUnit.Count,
  TimeToVerified: MetricUnit.Milliseconds,
  ChallengeExhausted: MetricUnit.Count,
  /** Wrong answers locked the user, once for each challenge; and what limits refused: a sign-in, a right code, a mail. */
  UserLocked: MetricUnit.Count,
  RefusedLocked: MetricUnit.Count,
  RefusedSendLimit: MetricUnit.Count,
  /** The last gate: tokens were given for a verified challenge, or refused. */
  TokensIssued: MetricUnit.Count,
  TokensRefused: MetricUnit.Count,
  /** Closed by the sweep: mailed and not answered, or never mailed. */
  ChallengeExpired: MetricUnit.Count,
  ChallengeOrphaned: MetricUnit.Count,
} as const;

export type MetricName = keyof typeof METRICS;

/** The functions that emit each metric; the dimension `service` tells them apart. */
export const EMITTED_BY = {
  ChallengeRequested: ['create-auth-challenge'],
  ResendRequested: ['create-auth-challenge'],
  ChallengeReused: ['create-auth-challenge'],
  CodeSent: ['deliver-code'],
  TimeToSent: ['deliver-code'],
  SendTryFailed: ['deliver-code'],
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
  ChallengeExpired: ['sweep-challenges'],
  ChallengeOrphaned: ['sweep-challenges'],
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
  'ChallengeMissing',
  'Unexpected',
] as const;

export type SendTryReason = (typeof SEND_TRY_REASONS)[number];

/** Emits these values. `reason` becomes a dimension, so it is one of a few words. */
export type Measure = (values: Readonly<Partial<Record<MetricName, number>>>, reason?: SendTryReason) => void;

/** `service` is the function's name; each dimension is a metric of its own on the bill, so there is no other by default. */
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
