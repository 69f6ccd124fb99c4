/** What the service says about a mail that does not simply arrive. */

const PROBLEMS: ReadonlyMap<string, string> = new Map([
  ['FAILED', 'The mail could not be sent. Type "resend" to order another.'],
  ['REJECTED', 'SES refused the mail. Type "resend" to order another.'],
  ['BOUNCED', 'The mail came back: the address does not take mail.'],
  ['SUPPRESSED', "The mail was held back: the address is on SES's suppression list."],
  [
    'DELAYED',
    'The mail is delayed: the recipient\'s server is slow. Wait, or type "resend" to order another.',
  ],
]);

/** By the challenge's `delivery`; undefined for the ordinary case, and for a word that is not known. */
export const describeProblem = (delivery: string | undefined): string | undefined =>
  PROBLEMS.get(delivery ?? '');
