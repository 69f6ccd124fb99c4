/** The type of a mail in the local system's inbox. */
import type { LocalAnswers } from '../../api/types.ts';

export type ShownMail = LocalAnswers['inbox.json'][number];

/** Returns the code, which is alone on a line of the text part, or undefined if the mail has none. */
export const codeOf = ({ text }: Pick<ShownMail, 'text'>): string | undefined =>
  /^\s*(\d{6,10})\s*$/m.exec(text)?.[1];

export const newestFirst = (mails: readonly ShownMail[]): readonly ShownMail[] => mails.toReversed();
