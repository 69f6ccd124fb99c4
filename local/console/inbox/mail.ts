/** A mail as the local system's inbox tells of it. */

export interface Mail {
  readonly messageId: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** ISO 8601, by the local system's clock. */
  readonly receivedAt: string;
}

/** The code stands alone on a line of the text part; undefined for a mail that brings none. */
export const codeOf = ({ text }: Pick<Mail, 'text'>): string | undefined =>
  /^\s*(\d{6,10})\s*$/m.exec(text)?.[1];

export const newestFirst = (mails: readonly Mail[]): readonly Mail[] => mails.toReversed();
