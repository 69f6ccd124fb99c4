/** What becomes of the code that has arrived, if the sign-in has to begin again with the password. */
import { REUSE_MINIMUM_LIFE_SECONDS } from '../shared/domain/code-life.ts';
import type { ClientCall } from '../shared/messages/client-metadata.ts';
import type { CodeChallenge } from '../shared/messages/public-parameters.ts';
import type { ProblemCode } from './problem.ts';

/**
 * - `works`: a sign-in that gets as far as the code before `until` (epoch milliseconds, the service's clock) asks for this code.
 * - `renewed`: another code is mailed then, unless too many were ordered. The newest mail is right.
 * - `unknown`: it depends on what became of the last call, or on what was done in another window. The newest mail is right.
 * - `none`: the sign-in has ended for another reason, and there is nothing to say of the code.
 */
export type CodeFate =
  | { readonly kind: 'works'; readonly until: number }
  | { readonly kind: 'renewed' | 'unknown' | 'none' };

/** The problems after which the same person may sign in again at once. */
const MAY_GO_ON: readonly ProblemCode[] = [
  'sessionUsed',
  'sessionExpired',
  'sessionOver',
  'sessionUnknown',
  'stepForgotten',
  'tooSlow',
  'failed',
  'noAnswer',
  'unknown',
];

const SESSION_USED: readonly ProblemCode[] = ['sessionUsed', 'sessionOver'];

/**
 * `lost` is the call of this step of which nobody knows what became, if there is one. If a session was used and none is lost, somebody
 * else has used it. create-auth-challenge hands the same challenge out as long as no other mail may be ordered, if it has enough
 * life left.
 */
export const fateOf = (
  problem: ProblemCode,
  lost: ClientCall | undefined,
  { status, expiresAt, resendAt }: CodeChallenge,
  now: number,
): CodeFate => {
  if (!MAY_GO_ON.includes(problem)) return { kind: 'none' };
  const isElsewhere = lost === undefined && SESSION_USED.includes(problem);
  if (isElsewhere || lost === 'answer' || lost === 'resend') return { kind: 'unknown' };
  const until = Math.min(resendAt, expiresAt - REUSE_MINIMUM_LIFE_SECONDS * 1000);
  return status !== 'OVER' && now < until ? { kind: 'works', until } : { kind: 'renewed' };
};
