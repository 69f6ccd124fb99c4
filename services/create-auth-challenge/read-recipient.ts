/** Reads who gets the code. The error texts are constants, because Cognito shows them to the user. */
import { mailableAddress } from '../../shared/domain/address.ts';
import { ReportedError } from '../../shared/lambda/reported-error.ts';
import { readUser } from '../../shared/messages/cognito-session.ts';

export interface Recipient {
  readonly userId: string;
  /** As SES takes it. */
  readonly email: string;
  readonly locale: string;
}

const DEFAULT_LOCALE = 'en';

/** The longest tag of language, script, region and variants that programs need to read (RFC 5646 section 4.4.1). */
const MAX_LOCALE = 35;
/** What follows the tag in POSIX and Java, and the extensions of BCP 47. */
const AFTER_TAG = /_?[.@#].*$|[-_][a-z\d][-_].*$/is;

/**
 * The tag of BCP 47 in a user's attribute `locale`, into which the user can write any text. Phones write `de_DE`,
 * `de_DE@currency=EUR` or `de-DE-u-hc-h23`, servers `de_DE.UTF-8`.
 */
const readLocale = (text: string): string => {
  const tag = text.trim().replace(AFTER_TAG, '').replaceAll('_', '-');
  try {
    return tag.length > MAX_LOCALE ? DEFAULT_LOCALE : new Intl.Locale(tag).toString();
  } catch {
    return DEFAULT_LOCALE;
  }
};

/** Throws `ReportedError`: `UserUnknown`, `EmailMissing`, `EmailNotMailable`, `EmailNotVerified`. */
export const readRecipient = (
  request: Parameters<typeof readUser>[0],
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
  return { userId: user.userId, email, locale: readLocale(user.locale ?? DEFAULT_LOCALE) };
};
