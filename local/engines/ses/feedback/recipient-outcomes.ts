/** Who gets what: SES's mailbox simulator, a domain of ours for what the simulator cannot do, and everybody else. */
import { bareAddress, domainOf, localPartOf } from '../address.ts';
import type { BounceOutcome, MailOutcome } from './outcome.ts';

/** SES's own (Developer Guide, "Using the Amazon SES mailbox simulator"). */
export const SIMULATOR_DOMAIN = 'simulator.amazonses.com';
/** Only here; on AWS it is an address like any other. */
export const OUTCOME_DOMAIN = 'outcome.example.com';

const SEND: MailOutcome = { type: 'Send' };
const DELIVERY: MailOutcome = { type: 'Delivery', smtpResponse: '250 2.6.0 Message received' };
const UNKNOWN_USER = { status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' };

/** Some servers name the recipient in their reply, so whoever keeps replies has to take that out. */
const deliveryTo = (recipient: string): MailOutcome => ({
  type: 'Delivery',
  smtpResponse: `250 2.1.5 <${bareAddress(recipient)}> recipient ok, message queued`,
});

const permanent = (
  bounceSubType: BounceOutcome['bounceSubType'],
  detail: Pick<BounceOutcome, 'status' | 'diagnosticCode'> = UNKNOWN_USER,
): MailOutcome => ({ type: 'Bounce', bounceType: 'Permanent', bounceSubType, ...detail });

/** What SES reports of a mail that it accepted and never sent, for an address on the account's list. */
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

/** In the order in which it happens. `+label` and case make no difference. */
export const outcomesFor = (recipient: string): readonly MailOutcome[] => {
  const table = TABLES[domainOf(recipient)] ?? {};
  const localPart = localPartOf(recipient);
  return Object.hasOwn(table, localPart) ? (table[localPart]?.(recipient) ?? []) : [SEND, DELIVERY];
};

/** Whether SES puts the recipient on the account's list afterwards: for bounces that are final, of real addresses. */
export const isSuppressedAfter = (recipient: string, outcomes: readonly MailOutcome[]): boolean =>
  domainOf(recipient) !== SIMULATOR_DOMAIN &&
  outcomes.some(
    (outcome) => outcome.type === 'Bounce' && ['General', 'NoEmail'].includes(outcome.bounceSubType),
  );
