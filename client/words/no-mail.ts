/** What helps a person who waits for a mail in vain. */
import type { AskingForCode } from '../step-state.ts';

/**
 * Each is a sentence of `words.noMail`. `status`: ask again how the mail stands (`step.askStatus()`). `order`: order a new mail
 * (`step.resend()`; `describeResendWait` says from when on).
 */
export type NoMailHint = 'status' | 'spam' | 'address' | 'order' | 'support';

const HINTS: Readonly<Record<AskingForCode['challenge']['delivery'], readonly NoMailHint[]>> = {
  SENDING: ['status', 'address', 'order', 'support'],
  DEFERRED: ['status', 'order', 'support'],
  SENT: ['status', 'spam', 'address', 'order', 'support'],
  DELAYED: ['status', 'spam', 'address', 'order', 'support'],
  DELIVERED: ['spam', 'address', 'order', 'support'],
  FAILED: ['order', 'support'],
  REJECTED: ['order', 'support'],
  BOUNCED: ['address', 'support'],
  SUPPRESSED: ['address', 'support'],
};

/**
 * Returns the hints that help, the first one first; none while the mail may just be on its way, or when the code no longer works,
 * because then only a new one helps.
 */
export const noMailHints = ({
  challenge: { delivery, status },
  may,
  codeSeconds,
  isMailOverdue,
}: AskingForCode): readonly NoMailHint[] => {
  if (!isMailOverdue || codeSeconds === 0 || status === 'OVER') return [];
  return HINTS[delivery].filter((hint) => hint !== 'status' || may.status);
};
