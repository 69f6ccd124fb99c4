/** Records a report of SES in the trail of its challenge, and measures it. */
import { orderedAt } from '../../shared/domain/challenge.ts';
import type { MetricName } from '../../shared/lambda/metric-names.ts';
import type { Measure } from '../../shared/lambda/metrics.ts';
import { readFeedback } from '../../shared/messages/feedback.ts';
import type { RecordReport } from './feedback-store.ts';
import { ACCOUNT_SUPPRESSION, type FeedbackReport, type ReportFact, readReport } from './read-report.ts';

export interface Dependencies {
  readonly recordReport: RecordReport;
  readonly measure: Measure;
  readonly configurationSet: string;
}

/** `foreign`: the mail is not from this service. `unmatched`: its tags are from this service, but the table has no such mail. */
export type FeedbackOutcome =
  | { readonly kind: 'foreign' }
  | { readonly kind: 'first' | 'known' | 'unmatched'; readonly feedback: FeedbackReport };

/** `ACCEPTED` has no metric, because deliver-code counts the mails that SES takes. */
const COUNTS: Readonly<Record<Exclude<ReportFact, 'ACCEPTED'>, MetricName>> = {
  DELIVERED: 'MailDelivered',
  DELAYED: 'MailDelayed',
  BOUNCED: 'MailBounced',
  SUPPRESSED: 'MailSuppressed',
  COMPLAINED: 'MailComplained',
  REJECTED: 'MailRejected',
};

/** Throws `InvalidFeedback` for a report that cannot be read; Lambda then puts it into the dead-letter queue. */
export const recordFeedback = async (
  { recordReport, measure, configurationSet }: Dependencies,
  event: unknown,
): Promise<FeedbackOutcome> => {
  const mail = readFeedback(event, configurationSet);
  if (mail === undefined) return { kind: 'foreign' };

  const feedback = readReport(mail);
  const recorded = await recordReport(feedback);
  const { report, fact } = feedback;
  if (recorded.kind === 'unmatched') measure({ FeedbackUnmatched: 1 });
  // The metrics follow the codes; what becomes of a notice is in the trail.
  if (recorded.kind === 'first' && report !== 'ACCEPTED' && 'delivery' in feedback) {
    const took = Math.max(0, Date.parse(fact.at) - orderedAt(recorded.challenge, feedback.delivery));
    measure({
      [COUNTS[report]]: 1,
      ...(report === 'DELIVERED' && { TimeToDelivered: took }),
      ...(fact.subtype === ACCOUNT_SUPPRESSION && { OnAccountSuppressionList: 1 }),
    });
  }
  return { kind: recorded.kind, feedback };
};
