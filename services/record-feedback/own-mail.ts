/** Where a mail's reports are recorded, and by what the item shows that the mail is this service's. */
import { factName, requestName } from '../../shared/domain/challenge.ts';
import { CAUSE_OF, noticeFactName } from '../../shared/domain/notices/notice-facts.ts';
import type { MailRef } from '../../shared/messages/mail-tags.ts';
import { leaseName, noticeSenderName, unclearName } from '../../shared/table/item.ts';
import type { ReportFact } from './read-report.ts';

interface OwnMail {
  /** The name of the report's fact. */
  readonly factName: string;
  /** The condition that the item has ordered and sent this mail; it uses `:messageId`. */
  readonly isOwn: string;
  /** What the write sets besides the fact, from the comma on. */
  readonly update: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

const IS_KNOWN = 'events.#sent.messageId = :messageId OR events.#accepted.messageId = :messageId';
const NONE_IS_KNOWN = 'attribute_not_exists(events.#sent) AND attribute_not_exists(events.#accepted)';

// Whoever may send with the service's configuration set can give a mail the tags of a challenge. So where it is known which
// mails were sent, a report must be about one of them. After a lost answer of SES, there are mails whose ids are not known.
// Where nobody has the lease and no try is unclear there is no mail, and a report that was believed would keep the real one
// back. c5286e8 marks no try as unclear.
const OWN_CODE =
  `attribute_exists(events.#requested) AND (${IS_KNOWN} OR ` +
  `((attribute_exists(#lease) OR attribute_exists(#unclear)) AND ${NONE_IS_KNOWN}) OR size(#unclear) > :one)`;

/** A notice is handed to SES once, so only one mail can be it. */
const OWN_NOTICE = `attribute_exists(events.#cause) AND (${IS_KNOWN} OR (attribute_exists(#sender) AND ${NONE_IS_KNOWN}))`;

export const ownMail = (mail: MailRef, report: ReportFact): OwnMail =>
  'notice' in mail
    ? {
        factName: noticeFactName(mail.notice, report),
        isOwn: OWN_NOTICE,
        // `mailed` is about the code.
        update: '',
        names: {
          '#cause': CAUSE_OF[mail.notice],
          '#sent': noticeFactName(mail.notice, 'SENT'),
          '#accepted': noticeFactName(mail.notice, 'ACCEPTED'),
          '#sender': noticeSenderName(mail.notice),
        },
        values: {},
      }
    : {
        factName: factName(mail.delivery, report),
        isOwn: OWN_CODE,
        // Every report shows that SES took the mail, even if the workflow could not record that.
        update: ', mailed = :mailed',
        names: {
          '#requested': requestName(mail.delivery),
          '#sent': factName(mail.delivery, 'SENT'),
          '#accepted': factName(mail.delivery, 'ACCEPTED'),
          '#lease': leaseName(mail.delivery),
          '#unclear': unclearName(mail.delivery),
        },
        values: { ':mailed': true, ':one': 1 },
      };
