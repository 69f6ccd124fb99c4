/** Chooses the outcomes by the recipient: SES's mailbox simulator, our own domain for other outcomes, and all others. */
import { bareAddress, domainOf, localPartOf } from '../address.ts';
import type { BounceOutcome, MailOutcome } from './outcome.ts';

/** The domain of SES's simulator (Developer Guide, "Using the Amazon SES mailbox simulator"). */
const SIMULATOR_DOMAIN = 'simulator.amazonses.com';
/** Special only here; on AWS it is a domain like any other. */
const OUTCOME_DOMAIN = 'outcome.example.com';

const SEND: MailOutcome = { type: 'Send' };
const DELIVERY: MailOutcome = { type: 'Delivery', smtpResponse: '250 2.6.0 Message received' };
const UNKNOWN_USER = { status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' };

/** The server's reply contains the recipient's address, as some do. Code that stores replies must remove it. */
const deliveryTo = (recipient: string): MailOutcome => ({
  type: 'Delivery',
  smtpResponse: `250 2.1.5 <${bareAddress(recipient)}> recipient ok, message queued`,
});

const permanent = (
  bounceSubType: BounceOutcome['bounceSubType'],
  detail: Pick<BounceOutcome, 'status' | 'diagnosticCode'> = UNKNOWN_USER,
): MailOutcome => ({ type: 'Bounce', bounceType: 'Permanent', bounceSubType, ...detail });

/** SES's reports of a mail that it accepted but never sent, because the address is on the account's list. */
export const SUPPRESSED_BY_ACCOUNT: readonly MailOutcome[] = [
  SEND,
  permanent('OnAccountSuppressionList', {
    status: '5.1.1',
    diagnosticCode:
      'Amazon SES did not send the message: the address is on the suppression list of the account',
  }),
];

type Table = Readonly<Record<string, (recipient: string) => readonly MailOutcome[]>>;

const SIMULATOR: Table = {
  success: (recipient) => [SEND, deliveryTo(recipient)],
  bounce: () => [SEND, permanent('General')],
  complaint: () => [SEND, DELIVERY, { type: 'Complaint' }],
  // The automatic reply is a mail to the sender, not an event.
  ooto: () => [SEND, DELIVERY],
  suppressionlist: () => [
    SEND,
    permanent('Suppressed', {
      status: '5.1.1',
      diagnosticCode: 'Amazon SES did not send the message: the address has bounced lately',
    }),
  ],
};

const OUTCOMES: Table = {
  delayed: () => [
    SEND,
    {
      type: 'DeliveryDelay',
      delayType: 'MailboxFull',
      status: '4.2.2',
      diagnosticCode: 'smtp; 452 4.2.2 mailbox full',
    },
    DELIVERY,
  ],
  gone: () => [
    SEND,
    {
      type: 'DeliveryDelay',
      delayType: 'TransientCommunicationFailure',
      status: '4.4.1',
      diagnosticCode: 'smtp; 421 4.4.1 unable to connect to remote host',
    },
    {
      type: 'Bounce',
      bounceType: 'Transient',
      bounceSubType: 'CustomTimeoutExceeded',
      status: '4.4.7',
      diagnosticCode: 'smtp; 550 4.4.7 message expired: unable to deliver in time',
    },
  ],
  'late-bounce': () => [SEND, DELIVERY, permanent('NoEmail')],
  rejected: () => [SEND, { type: 'Reject', reason: 'Bad content' }],
  // Events are best-effort: SES may never say anything.
  silent: () => [],
};

const TABLES: Readonly<Record<string, Table>> = { [SIMULATOR_DOMAIN]: SIMULATOR, [OUTCOME_DOMAIN]: OUTCOMES };

/** Returns the outcomes in the order in which they happen. Ignores `+label` and case. */
export const outcomesFor = (recipient: string): readonly MailOutcome[] => {
  const table = TABLES[domainOf(recipient)] ?? {};
  const localPart = localPartOf(recipient);
  return Object.hasOwn(table, localPart) ? (table[localPart]?.(recipient) ?? []) : [SEND, DELIVERY];
};

/** Returns whether SES then puts the recipient on the account's list: after a permanent bounce of a real address. */
export const isSuppressedAfter = (recipient: string, outcomes: readonly MailOutcome[]): boolean =>
  domainOf(recipient) !== SIMULATOR_DOMAIN &&
  outcomes.some(
    (outcome) => outcome.type === 'Bounce' && ['General', 'NoEmail'].includes(outcome.bounceSubType),
  );
