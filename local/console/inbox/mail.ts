/** What the inbox page knows about a mail. */
import { isChallengeId } from '../../../shared/domain/challenge.ts';
import type { LocalAnswers } from '../../api/types.ts';

export type ShownMail = LocalAnswers['inbox.json'][number];

/** Returns the code, which is alone on a line of the text part, or undefined if the mail has none. */
export const codeOf = ({ text }: Pick<ShownMail, 'text'>): string | undefined =>
  /^\s*(\d{6,10})\s*$/m.exec(text)?.[1];

export const newestFirst = (mails: readonly ShownMail[]): readonly ShownMail[] => mails.toReversed();

/** Whether the mail has all words of the search in its addresses, its subject, its text or its ids, whatever their case. */
export const isFound = (mail: ShownMail, search: string): boolean => {
  const { messageId, from, to, subject, text, headers, tags } = mail;
  const all = [messageId, from, ...to, subject, text, ...Object.values(headers), ...Object.values(tags)]
    .join('\n')
    .toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
};

/** The challenge whose code or notice the mail brings, by its tags; undefined for another app's mail. */
export const challengeOf = ({ tags: { challenge } }: Pick<ShownMail, 'tags'>): string | undefined =>
  isChallengeId(challenge) ? challenge : undefined;

const NOTICES: Readonly<Record<string, string>> = {
  locked: 'Notice: locked',
  wrongCodes: 'Notice: wrong codes',
};

/** What kind of mail it is, in words; undefined for one that brings a code. */
export const kindOf = (mail: Pick<ShownMail, 'text' | 'tags'>): string | undefined => {
  const { notice } = mail.tags;
  if (notice !== undefined) return NOTICES[notice] ?? 'Notice';
  return codeOf(mail) === undefined ? 'No code' : undefined;
};

/** The lines of the head of the mail, and the tags that SES repeats in its events, each as a name and a value. */
export const headLines = (mail: ShownMail): readonly (readonly [string, string])[] => [
  ['From', mail.from],
  ['To', mail.to.join(', ')],
  ['Subject', mail.subject],
  ...Object.entries(mail.headers),
  ...Object.entries(mail.tags).map(([name, value]) => [`Tag ${name}`, value] as const),
];
