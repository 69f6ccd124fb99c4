/** What each fact of a trail means, in words. The command and the page that show trails both use these words. */

import type { Fact } from '../domain/challenge.ts';
import type { NoticeKind } from '../domain/notices/notice.ts';
import { readNoticeFactName } from '../domain/notices/notice-facts.ts';
import { withoutAddresses } from '../domain/redact.ts';

/**
 * The parts of a fact's name. `2#SENT` is a fact of mail 2, `notice-locked#SENT` one of a notice, `attempt#<round>` is one wrong
 * answer, and `UNLOCKED#<version>` is one unlocking. Every other name is its own kind.
 */
export interface FactName {
  readonly kind: string;
  readonly delivery?: number;
  readonly notice?: NoticeKind;
}

/** The kinds of facts that a challenge may have more than once, besides those of its mails. */
const REPEATED: readonly string[] = ['attempt', 'UNLOCKED'];

export const readFactName = (name: string): FactName => {
  const [, delivery, kind] = /^([1-9]\d{0,5})#(.+)$/s.exec(name) ?? [];
  if (delivery !== undefined && kind !== undefined) return { kind, delivery: Number(delivery) };
  return readNoticeFactName(name) ?? { kind: REPEATED.find((kind) => name.startsWith(`${kind}#`)) ?? name };
};

/** By the name of the error of the first try that SES refused, after which others follow. */
const DEFERRALS: Readonly<Record<string, string>> = {
  EmailThrottled: 'SES limits the rate of mails',
  EmailUnavailable: 'SES failed or could not be reached',
};

/** By the name of the error that the workflow caught. It comes from the functions, from Step Functions or from Lambda. */
const SEND_FAILURES: Readonly<Record<string, string>> = {
  EmailThrottled: 'SES limited the rate of mails at every try',
  EmailUnavailable: 'SES failed or could not be reached at every try',
  EmailUnanswered: 'SES did not answer, so the mail may have gone out all the same',
  EmailQuotaReached: "the account's daily quota of mails at SES was used up",
  EmailRejected: 'SES refused it: sender not verified, sending paused, or the account still in the sandbox',
  ChallengeClosed: 'the challenge was over before the mail could go out',
  KeyringError: "the codes' key could not be used",
  'States.Timeout': 'the function that mails did not answer in time',
  'Sandbox.Timedout': 'the function that mails ran out of time',
  'Runtime.ExitError': 'the function that mails crashed at every try',
  'Lambda.TooManyRequestsException': 'too many functions were running in the account',
  AccessDeniedException: 'the function that mails lacks a permission',
};

/** By SES's name of the bounce's subtype. */
const BOUNCES: Readonly<Record<string, string>> = {
  NoEmail: 'the mailbox does not exist',
  MailboxFull: 'the mailbox is full',
  MessageTooLarge: 'the mail was too large for the mailbox',
  CustomTimeoutExceeded: "the recipient's server did not take it in the time that a code is worth",
  ContentRejected: "the recipient's server did not like its content",
  AttachmentRejected: "the recipient's server did not like an attachment",
  Undetermined: 'the reply does not say why',
};

/** For the subtype `General`, by SES's name of the bounce's type. */
const GENERAL_BOUNCES: Readonly<Record<string, string>> = {
  Permanent: "the recipient's server refused it",
  Transient: "the recipient's server could not take it",
};

/** By SES's name of the bounce's subtype. */
const SUPPRESSIONS: Readonly<Record<string, string>> = {
  OnAccountSuppressionList: "the address is on the account's suppression list",
  OnTenantSuppressionList: "the address is on the tenant's suppression list",
  Suppressed: 'the address has lately bounced as invalid, so SES suppresses it for every account',
  EmailValidationSuppressed: "SES's validation of addresses holds this one to be unusable",
};

/** By SES's name of the type of delay. */
const DELAYS: Readonly<Record<string, string>> = {
  InternalFailure: 'SES itself has a problem',
  General: "the recipient's server has a problem",
  MailboxFull: 'the mailbox is full',
  SpamDetected: "the recipient's server takes it for spam",
  RecipientServerError: "the recipient's server has a problem",
  IPFailure: "the recipient's server blocks or slows the address that SES sends from",
  TransientCommunicationFailure: "the connection to the recipient's server broke",
  BYOIPHostNameLookupUnavailable: "the name of the account's own sending address was not found",
  Undetermined: 'SES does not know why',
  SendingDeferral: 'SES has put it off',
};

/** Returns an unknown term as it is, and `no reason given` if there is none. */
const inWords = (table: Readonly<Record<string, string>>, term: string | number | undefined): string => {
  const text = withoutAddresses(String(term ?? ''));
  return Object.hasOwn(table, text) ? (table[text] ?? text) : text || 'no reason given';
};

const bounced = ({ type, subtype }: Fact): string => {
  const why = subtype === 'General' ? inWords(GENERAL_BOUNCES, type) : inWords(BOUNCES, subtype ?? type);
  if (type === 'Permanent') return `returned for good: ${why}`;
  return type === 'Transient' ? `returned, though a later mail may get through: ${why}` : `returned: ${why}`;
};

/** ` until 2025-01-15 12:15:00`, in UTC. The fact says `unlocked` if only an operator can end the lock. */
const lockEnd = ({ until }: Fact): string => {
  if (until === undefined) return '';
  if (until === 'unlocked') return ' until an operator unlocks';
  return ` until ${withoutAddresses(String(until)).replace(/T([\d:]+)\.\d+Z$/, ' $1')}`;
};

/** By kind. If facts have the same time, they are shown in this order. */
const WORDS: Readonly<Record<string, (fact: Fact) => string>> = {
  REQUESTED: () => 'code requested',
  RESEND_REQUESTED: () => 'another mail requested',
  REUSED: () => 'requested again, no further mail ordered',
  SENT: () => 'mailed',
  ACCEPTED: () => 'taken by SES',
  SEND_DEFERRED: ({ reason }) => `not taken at once: ${inWords(DEFERRALS, reason)}`,
  SEND_FAILED: ({ reason }) => `not mailed: ${inWords(SEND_FAILURES, reason)}`,
  REJECTED: ({ reason }) => `rejected by SES: ${inWords({ 'Bad content': 'it found a virus' }, reason)}`,
  SUPPRESSED: ({ subtype }) => `held back by SES: ${inWords(SUPPRESSIONS, subtype)}`,
  DELAYED: ({ type }) => `delayed: ${inWords(DELAYS, type)}`,
  DELIVERED: () => "accepted by the recipient's server",
  BOUNCED: bounced,
  COMPLAINED: () => 'marked as spam by the recipient',
  attempt: () => 'wrong answer',
  VERIFIED: () => 'verified',
  EXHAUSTED: () => 'closed: no answers left',
  EXPIRED: () => 'closed: expired',
  ORPHANED: () => 'closed: expired and never mailed',
  REPLACED: () => "closed: the user's address has changed, another challenge took its place",
  REVOKED: () => 'closed: reported as not asked for',
  REPORTED: () => 'reported as not asked for',
  TOKENS_ISSUED: () => 'tokens issued',
  TOKENS_REFUSED: ({ client }) =>
    client === undefined
      ? 'tokens refused'
      : `tokens refused to app client ${withoutAddresses(String(client))}`,
  LOCKED: (fact) => `user locked${lockEnd(fact)}`,
  REFUSED: (fact) => `right code refused: user locked${lockEnd(fact)}`,
  UNLOCKED: () => 'user unlocked by an operator',
};
const ORDER = Object.keys(WORDS);

/** Returns the fact in words, or its kind if there are no words for it. */
export const factWords = (kind: string, fact: Fact): string =>
  Object.hasOwn(WORDS, kind) ? (WORDS[kind]?.(fact) ?? kind) : kind;

/** What a notice tells of. */
const NOTICES: Readonly<Record<NoticeKind, string>> = {
  locked: 'notice of the lock',
  wrongCodes: 'notice of the wrong codes',
};

/** The words for a fact of a notice. Without them they would read like those of a code's mail. */
export const noticeWords = (notice: NoticeKind, words: string): string => `${NOTICES[notice]}: ${words}`;

/** The position of a fact among others with the same time. */
export const factRank = (kind: string): number => (ORDER.includes(kind) ? ORDER.indexOf(kind) : ORDER.length);

/** The details of a fact that are ids. They find the fact in SES, in Step Functions and in the functions' logs. */
export const ID_NAMES: readonly string[] = ['messageId', 'execution', 'request', 'round'];

/** The labels of a fact's other details. A detail that is not listed here is labelled with its name. */
export const DETAIL_LABELS: ReadonlyMap<string, string> = new Map([
  ['smtpReply', "server's reply"],
  ['processingMs', 'milliseconds in SES'],
  ['failures', 'wrong codes in a row'],
  ['mails', 'mails that count no more'],
  ['client', 'app client'],
  ['delivery', 'mail'],
  ['claimedIp', 'claimed IP'],
  ['claimedUserAgent', 'claimed client'],
]);
