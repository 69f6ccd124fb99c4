/** Checks of what stands around a mail: subject, sender, headers. */
import { type FindProblems, unless } from './judged-mail.ts';

/** What lists of mails and notifications show of a subject. */
const MAX_SUBJECT = 50;
/** What a program's mail has to say of itself (RFC 3834), to Exchange, and to programs that make one thread of mails. */
const HEADERS: Readonly<Record<string, RegExp>> = {
  'Auto-Submitted': /^auto-generated$/,
  'X-Auto-Response-Suppress': /^OOF, AutoReply$/,
  'Content-Language': /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*$/,
  'X-Entity-Ref-ID': /^[\w-]+$/,
};

export const findSubjectProblems: FindProblems = ({ subject, brand, code }) =>
  unless(
    [brand === undefined || subject.includes(brand.name), 'The subject does not name the company'],
    [[...subject].length <= MAX_SUBJECT, `The subject has more than ${MAX_SUBJECT} characters`],
    [code === undefined || !subject.includes(code), 'The subject has the code'],
    [!/\d/.test(subject.replaceAll(brand?.name ?? '\0', '')), 'The subject has digits'],
  );

export const findSenderProblems: FindProblems = ({ from, brand }) =>
  unless(
    [/^[ -~]+$/.test(from), 'The sender has characters beyond ASCII'],
    [brand === undefined || /^\S.*<[^<>@\s]+@[^<>@\s]+>$/.test(from), 'The sender has no name'],
  );

export const findReplyToProblems: FindProblems = ({ replyTo, brand }) => {
  const wanted = brand?.replyTo === undefined ? [] : [brand.replyTo];
  return unless(
    [replyTo.join() === wanted.join(), `Replies go to ${replyTo.join() || 'the sender'}`],
    [!/no-?reply/i.test(replyTo.join()), 'Replies go to an address that nobody reads'],
  );
};

export const findHeaderProblems: FindProblems = ({ headers, language }) => [
  ...Object.entries(HEADERS)
    .filter(([name, value]) => !value.test(headers[name] ?? ''))
    .map(([name]) => `The header ${name} is missing or wrong`),
  ...Object.keys(headers)
    .filter((name) => !Object.hasOwn(HEADERS, name))
    .map((name) => `The header ${name} should not be there`),
  ...unless([headers['Content-Language'] === language, 'Content-Language is not the mail’s language']),
];
