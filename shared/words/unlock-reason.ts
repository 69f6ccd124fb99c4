/** Reads why an operator unlocks a user. The trail keeps the reason, for people who may not see addresses. */
import { withoutAddresses } from '../domain/redact.ts';

/** In characters. The trail keeps the reason, and the size of its item is limited. */
export const MAX_REASON = 200;

export type Reason =
  | { readonly kind: 'reason'; readonly reason: string }
  /** The problem in words that follow the name of the field or of the option. */
  | { readonly kind: 'problem'; readonly problem: string };

const problemWith = (reason: string): string | undefined => {
  if (reason === '') return 'is missing; the trail keeps why somebody was unlocked';
  if (reason.length > MAX_REASON) return `takes at most ${MAX_REASON} characters`;
  if (/[\p{C}\p{Zl}\p{Zp}]/u.test(reason)) return 'takes one line of printable characters';
  return withoutAddresses(reason) === reason ? undefined : 'must not hold an address; the trail keeps it';
};

export const readReason = (text: string): Reason => {
  const reason = text.trim();
  const problem = problemWith(reason);
  return problem === undefined ? { kind: 'reason', reason } : { kind: 'problem', problem };
};
