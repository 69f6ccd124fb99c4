/** Reads the mails, or those to one address, for the inbox page and for the tests of apps. */
import type { InboxMail } from '../engines/ses/inbox.ts';
import { AwsError } from '../ground/service.ts';
import type { LocalQueries } from './types.ts';

/** Oldest first. Throws ValidationException. */
export const readMails = (
  all: readonly InboxMail[],
  { to }: LocalQueries['inbox.json'],
): readonly InboxMail[] => {
  if (to === undefined) return all;
  // In a query a plus sign is a blank, so a label that was not encoded would find no mail.
  if (!/^[^\s@]+@[^\s@]+$/.test(to)) {
    throw new AwsError('ValidationException', 'to: an address, encoded for a URL (%2B for a plus sign)');
  }
  const wanted = to.toLowerCase();
  return all.filter((mail) => mail.to.some((address) => address.toLowerCase() === wanted));
};
