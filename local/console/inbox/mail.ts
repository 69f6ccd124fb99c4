/** A mail as the local system's inbox tells of it. */
import type { LocalAnswers } from '../../api/types.ts';

export type Mail = LocalAnswers['inbox.json'][number];

/** The code stands alone on a line of the text part; undefined for a mail that brings none. */
export const codeOf = ({ text }: Pick<Mail, 'text'>): string | undefined =>
  /^\s*(\d{6,10})\s*$/m.exec(text)?.[1];

export const newestFirst = (mails: readonly Mail[]): readonly Mail[] => mails.toReversed();
