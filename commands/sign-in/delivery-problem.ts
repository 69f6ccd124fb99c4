/** What the service says about a mail that does not simply arrive. */
import type { DeliveryStatus } from '../../shared/domain/challenge.ts';

const PROBLEMS: Readonly<Partial<Record<DeliveryStatus, string>>> = {
  FAILED: 'The mail could not be sent. Type "resend" to order another.',
  REJECTED: 'SES refused the mail. Type "resend" to order another.',
  BOUNCED: 'The mail came back: the address does not take mail.',
  SUPPRESSED: "The mail was held back: the address is on SES's suppression list.",
  DELAYED: 'The mail is delayed: the recipient\'s server is slow. Wait, or type "resend" to order another.',
};

/** Undefined for the ordinary case. */
export const describeProblem = (delivery: DeliveryStatus): string | undefined => PROBLEMS[delivery];
