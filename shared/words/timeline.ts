/** Describes a challenge's trail to people: its steps in order, and how the challenge stands in one sentence. */

import {
  type Challenge,
  type DeliveryFact,
  type DeliveryStatus,
  deliveryStatus,
  type Fact,
  factName,
  orderedAt,
} from '../domain/challenge.ts';
import { withoutAddresses } from '../domain/redact.ts';
import { DETAIL_LABELS, factRank, factWords, ID_NAMES, noticeWords, readFactName } from './fact-words.ts';
import { duration } from './times.ts';

export interface TimelineStep {
  /** The fact's name as it is stored. */
  readonly name: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The component that wrote the fact. */
  readonly by: string;
  /** The mail's number, for the facts of a mail. */
  readonly delivery?: number;
  readonly words: string;
  /** The ids that find the step elsewhere: `messageId` in SES, `execution` in Step Functions, `request` and `round` in logs. */
  readonly ids: Readonly<Record<string, string>>;
  /** The other details of the fact, by their labels. A label `claimed …` means that only the client says so. */
  readonly details: Readonly<Record<string, string>>;
  /** Milliseconds since the challenge was requested. */
  readonly sinceRequest: number;
  /** Milliseconds since the step before. */
  readonly sinceLast: number;
}

/** How one mail of the challenge stands. */
export interface DeliverySummary {
  readonly number: number;
  readonly status: DeliveryStatus;
  /** Whether the recipient marked the mail as spam. */
  readonly complained: boolean;
  /** Epoch milliseconds. */
  readonly requestedAt: number;
  /** Epoch milliseconds. Missing if the mail was not sent, or if no fact says when. */
  readonly mailedAt?: number;
}

const timeOf = (fact: Fact): number => Date.parse(fact.at);

/** When the challenge was requested, in epoch milliseconds. */
export const requestedAt = (challenge: Challenge): number => orderedAt(challenge, 1);

const idsOf = (fact: Fact): Record<string, string> =>
  Object.fromEntries(
    ID_NAMES.filter((name) => fact[name] !== undefined).map((name) => [
      name,
      withoutAddresses(String(fact[name])),
    ]),
  );

const detailsOf = (fact: Fact): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fact)
      .filter(([name]) => name !== 'at' && name !== 'by' && !ID_NAMES.includes(name))
      .toSorted(([a], [b]) => compareText(a, b))
      .map(([name, value]) => [DETAIL_LABELS.get(name) ?? name, withoutAddresses(String(value))]),
  );

/** Compares code units, because the order of `localeCompare` depends on the machine's language. */
const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Returns the steps, oldest first. The order in which the facts are stored does not matter. */
export const timelineOf = (challenge: Challenge): readonly TimelineStep[] => {
  const start = requestedAt(challenge);
  const facts = Object.entries(challenge.events)
    .map(([name, fact]) => ({ name, fact, at: timeOf(fact), ...readFactName(name) }))
    .toSorted((a, b) => a.at - b.at || factRank(a.kind) - factRank(b.kind) || compareText(a.name, b.name));
  return facts.map(({ name, fact, at, kind, delivery, notice }, index) => ({
    name,
    at,
    by: fact.by,
    ...(delivery !== undefined && { delivery }),
    words: notice ? noticeWords(notice, factWords(kind, fact)) : factWords(kind, fact),
    ids: idsOf(fact),
    details: detailsOf(fact),
    sinceRequest: at - start,
    sinceLast: at - (facts[index - 1]?.at ?? at),
  }));
};

const factOf = ({ events }: Challenge, delivery: number, fact: DeliveryFact): Fact | undefined =>
  events[factName(delivery, fact)];

const summarize = (challenge: Challenge, number: number): DeliverySummary => {
  const mailed = factOf(challenge, number, 'SENT') ?? factOf(challenge, number, 'ACCEPTED');
  return {
    number,
    status: deliveryStatus(challenge, number),
    complained: factOf(challenge, number, 'COMPLAINED') !== undefined,
    requestedAt: orderedAt(challenge, number),
    ...(mailed && { mailedAt: timeOf(mailed) }),
  };
};

/** Returns the challenge's mails in the order of their numbers. There is always a first one, which the request orders. */
export const deliveriesOf = (challenge: Challenge): readonly DeliverySummary[] => {
  const numbers = Object.keys(challenge.events).map((name) => readFactName(name).delivery ?? 1);
  return [...new Set([1, ...numbers])]
    .toSorted((a, b) => a - b)
    .map((number) => summarize(challenge, number));
};

/** `10:42:07`, in UTC. */
export const utcTime = (at: number): string =>
  Number.isFinite(at) ? new Date(at).toISOString().slice(11, 19) : 'at an unknown time';

/** When a sentence is written, in epoch milliseconds, and how the times in it are. */
interface Reading {
  readonly now: number;
  readonly clock: (at: number) => string;
}

/** Whether the challenge has ended or has expired. */
const isOver = ({ outcome, expiresAt }: Challenge, now: number): boolean =>
  outcome !== undefined || expiresAt <= now;

/** How long SES took to deliver the mail: the time that SES reports, or else the time since the mail was sent. */
const deliveryTime = ({ processingMs, at }: Fact, mailedAt: number | undefined): string => {
  const ms = Number(processingMs ?? (mailedAt === undefined ? Number.NaN : Date.parse(at) - mailedAt));
  return Number.isFinite(ms) ? ` after ${duration(ms)}` : '';
};

/** The text for a mail of which the workflow has recorded nothing. It names the execution, where an operator can look. */
const noTrace = ({ challengeId, outcome }: Challenge, number: number): string =>
  outcome === 'VERIFIED'
    ? 'no record of its mail'
    : `no record that it was mailed, and none that says why (execution ${challengeId}-${number})`;

const unsent = (
  challenge: Challenge,
  { number, requestedAt: at }: DeliverySummary,
  { now, clock }: Reading,
): string => {
  const requested = `requested ${clock(at)}`;
  const failed = factOf(challenge, number, 'SEND_FAILED');
  if (failed !== undefined) return `${requested}, ${factWords('SEND_FAILED', failed)}`;
  // The workflow may still be sending if the challenge has ended, but not if it has expired.
  if (challenge.expiresAt <= now) return `${requested}, ${noTrace(challenge, number)}`;
  const deferred = factOf(challenge, number, 'SEND_DEFERRED');
  return `${requested}, ${deferred ? `${factWords('SEND_DEFERRED', deferred)}, tries go on` : 'not mailed yet'}`;
};

/** What to do if SES holds back a mail, by SES's name of the bounce's subtype. */
const ADVICE: Readonly<Record<string, string>> = {
  OnAccountSuppressionList:
    ' (to mail it again, remove it from the list: aws sesv2 delete-suppressed-destination --email-address …)',
  OnTenantSuppressionList: ' (to mail it again, remove it from that list)',
};

/** What SES and the recipient's server report about a mail that was sent. */
const reportOf = (challenge: Challenge, delivery: DeliverySummary, now: number): string => {
  const { number, status, mailedAt } = delivery;
  const fact = (name: DeliveryFact) => factOf(challenge, number, name);
  const over = isOver(challenge, now);
  const delivered = fact('DELIVERED');
  const acceptance = delivered && `${factWords('DELIVERED', delivered)}${deliveryTime(delivered, mailedAt)}`;
  const report =
    status === 'SENDING' || status === 'DEFERRED' || status === 'SENT' || status === 'FAILED'
      ? undefined
      : fact(status);
  if (report === undefined) return `no report from the recipient's server${over ? '' : ' yet'}`;
  if (status === 'DELIVERED') return acceptance ?? '';
  const words = factWords(status, report);
  if (status === 'DELAYED') return over ? words : `${words}, SES keeps trying`;
  if (status === 'SUPPRESSED') return `${words}${ADVICE[String(report.subtype)] ?? ''}`;
  return acceptance === undefined ? words : `${acceptance}, yet ${words}`;
};

const describeDelivery = (challenge: Challenge, delivery: DeliverySummary, reading: Reading): string => {
  const { status, mailedAt, complained } = delivery;
  if (!complained && (status === 'SENDING' || status === 'FAILED'))
    return unsent(challenge, delivery, reading);
  const mailed = mailedAt === undefined ? 'mailed' : `mailed ${reading.clock(mailedAt)}`;
  const complaint = complained ? `, ${factWords('COMPLAINED', { at: '', by: '' })}` : '';
  return `${mailed}, ${reportOf(challenge, delivery, reading.now)}${complaint}`;
};

const COUNTS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

const wrongAnswers = ({ events }: Challenge): readonly string[] => {
  const count = Object.keys(events).filter((name) => readFactName(name).kind === 'attempt').length;
  return count === 0 ? [] : [`${COUNTS[count] ?? count} wrong answer${count === 1 ? '' : 's'}`];
};

const ending = (challenge: Challenge, { now, clock }: Reading): string => {
  const { outcome, events, expiresAt } = challenge;
  const expiry = clock(expiresAt);
  const fact = outcome && events[outcome];
  const closed = fact ? ` ${clock(timeOf(fact))}` : '';
  switch (outcome) {
    case undefined:
      return expiresAt > now ? `works until ${expiry}` : `expired ${expiry}, not closed yet`;
    case 'VERIFIED':
      if (events.REFUSED) return `right code${closed} while the user was locked, so no sign-in`;
      return fact
        ? `verified${closed}, ${duration(timeOf(fact) - requestedAt(challenge))} after the request`
        : 'verified';
    case 'EXPIRED':
      return `expired ${expiry}`;
    case 'ORPHANED':
      return deliveriesOf(challenge).some(({ mailedAt }) => mailedAt !== undefined)
        ? `closed${closed} as never mailed, before the word of its mail came; expired ${expiry}`
        : `orphaned: expired ${expiry} without a mail`;
    case 'REPLACED':
      return `replaced${closed}, because the user's address had changed`;
    case 'REVOKED':
      return `revoked${closed}, because it was reported as not asked for`;
    default:
      return `${String(outcome).toLowerCase()}${closed}`;
  }
};

/** The kinds of facts that may follow after the end of a challenge. */
const LATER: readonly string[] = ['TOKENS_ISSUED', 'TOKENS_REFUSED', 'REPORTED', 'LOCKED', 'UNLOCKED'];

/** A fact `LOCKED` is shown without its time, because its words say when the lock ends. */
const aftermath = (challenge: Challenge, { clock }: Reading): readonly string[] =>
  timelineOf(challenge)
    .filter(({ name }) => LATER.includes(readFactName(name).kind))
    .map(({ name, words, at }) => (name === 'LOCKED' ? words : `${words} ${clock(at)}`));

/**
 * Says in one sentence how the challenge stands at `now` (epoch milliseconds): what happened to each mail, the wrong
 * answers, and how the challenge ended. Times are in UTC unless `clock` writes them.
 * `mailed 10:42:07, accepted by the recipient's server after 1.2 s; verified 10:42:31, …`
 */
export const standingOf = (challenge: Challenge, now: number, clock = utcTime): string => {
  const reading = { now, clock };
  const deliveries = deliveriesOf(challenge);
  const mails = deliveries.map((delivery) => {
    const prefix = deliveries.length > 1 ? `mail ${delivery.number}: ` : '';
    return `${prefix}${describeDelivery(challenge, delivery, reading)}`;
  });
  return [
    ...mails,
    ...wrongAnswers(challenge),
    ending(challenge, reading),
    ...aftermath(challenge, reading),
  ].join('; ');
};
