/** Puts a mail that SES has accepted into the inbox or suppresses it, and reports that. */
import type { Clock } from '../../../ground/clock.ts';
import { bareAddress } from '../address.ts';
import type { AcceptedMail, Inbox } from '../inbox.ts';
import type { SuppressionList } from '../suppression-list.ts';
import { ACCOUNT_REASONS, type ConfigurationSet } from './configuration-set.ts';
import type { FeedbackPublisher } from './feedback.ts';
import { isSuppressedAfter, outcomesFor, SUPPRESSED_BY_ACCOUNT } from './recipient-outcomes.ts';

export interface DeliverDependencies {
  readonly inbox: Inbox;
  readonly suppressionList: SuppressionList;
  readonly feedback: FeedbackPublisher;
  readonly clock: Clock;
}

/** `identityArn` is the verified identity of the sender. Without a configuration set nothing is reported. */
export type Deliver = (
  mail: AcceptedMail,
  identityArn: string,
  configurationSet: ConfigurationSet | undefined,
) => void;

export const createDeliver =
  ({ inbox, suppressionList, feedback, clock }: DeliverDependencies): Deliver =>
  (mail, identityArn, configurationSet) => {
    const reasons = configurationSet?.suppressedReasons ?? ACCOUNT_REASONS;
    const isSuppressed = (recipient: string) => {
      const entry = suppressionList.get(bareAddress(recipient));
      return entry !== undefined && reasons.includes(entry.reason);
    };
    const fates = mail.to.map((recipient) => {
      const suppressed = isSuppressed(recipient);
      return { recipient, suppressed, outcomes: suppressed ? SUPPRESSED_BY_ACCOUNT : outcomesFor(recipient) };
    });

    const reached = fates.filter(({ suppressed }) => !suppressed).map(({ recipient }) => recipient);
    if (reached.length > 0) inbox.accept({ ...mail, to: reached });
    const acceptedAt = clock.now();
    for (const { recipient, outcomes } of fates) {
      if (reasons.includes('BOUNCE') && isSuppressedAfter(recipient, outcomes)) {
        suppressionList.put(bareAddress(recipient), 'BOUNCE', mail.messageId);
      }
      if (configurationSet !== undefined) {
        feedback.report({ ...mail, acceptedAt, identityArn, configurationSet }, recipient, outcomes);
      }
    }
  };
