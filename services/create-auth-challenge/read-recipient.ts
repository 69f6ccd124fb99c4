/** Reads who gets the code. The error texts are constants, because Cognito shows them to the user. */
import { mailableAddress } from '../../shared/domain/address.ts';
import { ReportedError } from '../../shared/lambda/reported-error.ts';
import { readWishes } from '../../shared/language/read-wishes.ts';
import { readUser } from '../../shared/messages/cognito-session.ts';

export interface Recipient {
  readonly userId: string;
  /** As SES takes it. */
  readonly email: string;
  /** The languages that they wish for, as `readWishes` returns them. */
  readonly locale: string;
}

/**
 * What the user has set for themselves comes before the language of the page that they look at. Throws `ReportedError`: `UserUnknown`, `EmailMissing`, `EmailNotMailable`, `EmailNotVerified`.
 */
export const readRecipient = (
  request: Parameters<typeof readUser>[0],
  pageLocale: string | undefined,
  requireVerified: boolean,
): Recipient => {
  const user = readUser(request);
  if (user === undefined) throw new ReportedError('UserUnknown', 'This sign-in cannot be continued.');
  if (user.email === undefined) {
    throw new ReportedError(
      'EmailMissing',
      'No email address is on file for a sign-in code. Contact support.',
    );
  }
  const email = mailableAddress(user.email);
  if (email === undefined) {
    throw new ReportedError(
      'EmailNotMailable',
      'Your email address has letters or signs that our mail cannot carry. Contact support to use another one.',
    );
  }
  if (requireVerified && !user.emailVerified) {
    throw new ReportedError('EmailNotVerified', 'Your email address is not verified yet. Contact support.');
  }
  return { userId: user.userId, email, locale: readWishes(user.locale, pageLocale) };
};
