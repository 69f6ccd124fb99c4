/** What came of a call in the code step, as a word for programs. The rules of it are here; the words for people are in `words/`. */
import type { DeliveryStatus } from '../shared/domain/challenge.ts';
import type { ClientCall } from '../shared/messages/client-metadata.ts';
import type { CodeChallenge } from '../shared/messages/public-parameters.ts';

/**
 * Why a code has ended. `missed`: wrong too often. `elsewhere`: it was used already or ended in another window or on another
 * device, or the address has changed, which does not always show. `unknown`: the step has not seen that code.
 */
export type CodeEnd = 'expired' | 'missed' | 'elsewhere' | 'addressChanged' | 'unknown';

/**
 * - `codeAsked`: the password was right, and the code is asked for. `stepResumed`: the same after the page was loaded again.
 * - `wrongCode`: an attempt is used up. `notACode`: no attempt is used up; what was typed cannot be a code.
 * - `codeReplaced`: the answer came too late for its code, and another code is mailed. `why` is about the old one.
 * - `mailOrdered`: with another code if `newCode`. `another`: the mail before it is known to have left. `mailNotOrdered`: too early. `limitReached`: too many; `challenge.limited` says which.
 * - `mailStatus`: `challenge.delivery` is fresh. `codeOver`: the status was asked for, and the code no longer works.
 * - `codeExpired`: while nobody did anything.
 * - `noAnswer`: the service could not be reached. `busy`: it takes no call at the moment. Nothing is lost; the same may be tried again.
 */
export type CodeNews =
  | {
      readonly kind:
        | 'codeAsked'
        | 'stepResumed'
        | 'wrongCode'
        | 'notACode'
        | 'mailNotOrdered'
        | 'limitReached'
        | 'mailStatus'
        | 'codeExpired'
        | 'noAnswer'
        | 'busy';
    }
  | { readonly kind: 'codeReplaced' | 'codeOver'; readonly why: CodeEnd }
  | { readonly kind: 'mailOrdered'; readonly newCode: boolean; readonly another: boolean };

/** The clock may be behind the service's by as much: an answer takes its time. */
const CLOCK_ERROR_MS = 2_000;

const whyEnded = (expiresAt: number, tries: number, now: number): CodeEnd => {
  if (expiresAt <= now + CLOCK_ERROR_MS) return 'expired';
  return tries <= 0 ? 'missed' : 'elsewhere';
};

/** Why the code of the round before has ended. The client knows this best: it has seen that code's times and tries. */
const whyReplaced = (challenge: CodeChallenge, before: CodeChallenge | undefined, now: number): CodeEnd => {
  if (before === undefined) return 'unknown';
  if (before.destination !== challenge.destination) return 'addressChanged';
  return whyEnded(before.expiresAt, before.attemptsLeft - 1, now);
};

const afterAnswer = (challenge: CodeChallenge, before: CodeChallenge | undefined, now: number): CodeNews => {
  if (challenge.status === 'REPLACED')
    return { kind: 'codeReplaced', why: whyReplaced(challenge, before, now) };
  return { kind: before?.attemptsLeft === challenge.attemptsLeft ? 'notACode' : 'wrongCode' };
};

/** SES took a mail that is suppressed or rejected, and sent it to nobody. */
const HAS_LEFT: readonly DeliveryStatus[] = ['SENT', 'DELIVERED', 'DELAYED', 'BOUNCED'];

const afterResend = (challenge: CodeChallenge, before: CodeChallenge | undefined): CodeNews => {
  if (challenge.limited) return { kind: 'limitReached' };
  const newCode = challenge.status === 'REPLACED';
  return !newCode && challenge.deliveryNumber === before?.deliveryNumber
    ? { kind: 'mailNotOrdered' }
    : { kind: 'mailOrdered', newCode, another: before !== undefined && HAS_LEFT.includes(before.delivery) };
};

/**
 * What came of a call to which the service answered with `challenge`; `call` is undefined for the first one. `before` is the
 * challenge of the round before, and `now` the service's time in epoch milliseconds.
 */
export const newsAfter = (
  call: ClientCall | undefined,
  challenge: CodeChallenge,
  before: CodeChallenge | undefined,
  now: number,
): CodeNews => {
  switch (call) {
    case undefined:
      return { kind: 'codeAsked' };
    case 'answer':
      return afterAnswer(challenge, before, now);
    case 'resend':
      return afterResend(challenge, before);
    case 'status':
      return challenge.status === 'OVER'
        ? { kind: 'codeOver', why: whyEnded(challenge.expiresAt, challenge.attemptsLeft, now) }
        : { kind: 'mailStatus' };
  }
};
