/** What the code step remembers, and what a call's answer makes of it. */
import type { ClientCall } from '../../shared/messages/client-metadata.ts';
import { keepWaiting, readPublicParameters } from '../../shared/messages/public-parameters.ts';
import type { CodeReply } from '../calls.ts';
import { fateOf } from '../code-fate.ts';
import { type CodeNews, newsAfter } from '../news.ts';
import { type ProblemCode, problemOf, problemOfStep, type SignInProblem } from '../problem.ts';
import type { AwaitedMail, StoredState } from '../step-state.ts';

export interface StepMemory {
  /** As the person typed it. */
  readonly username: string;
  readonly stored: StoredState;
  readonly awaited: AwaitedMail;
  /** When Cognito answered last, by this machine's clock. */
  readonly repliedAt: number;
  /** Whether something is in the field. */
  readonly isTyping: boolean;
  /** The call that got no answer, or was under way when the page was loaded again, as long as nothing shows what became of it. */
  readonly unheard?: ClientCall | undefined;
}

/** Of two calls, the one that may have changed more. */
export const graver = (one: ClientCall | undefined, other: ClientCall | undefined): ClientCall | undefined =>
  one === undefined || one === 'status' ? (other ?? one) : one;

/** Begins anew with the password. `lost` is the call of which nobody knows what became, if there is one. */
export const backToPassword = (
  memory: StepMemory,
  problem: SignInProblem,
  {
    lost,
    now,
    error,
  }: { readonly lost?: ClientCall | undefined; readonly now: number; readonly error?: unknown },
): StepMemory => {
  const { username, stored } = memory;
  if (stored.kind !== 'code') return memory;
  const fate = fateOf(problem.code, lost, stored.challenge, now);
  return {
    ...memory,
    stored: { kind: 'password', username, problem, fate, ...(error !== undefined && { error }) },
  };
};

/** After these, what was typed is of no more use. */
const CLEARS_THE_FIELD: readonly CodeNews['kind'][] = ['wrongCode', 'codeReplaced', 'mailOrdered'];

/** `now` is the service's time when it answered. */
export const afterReply = (
  memory: StepMemory,
  reply: CodeReply,
  { call, now }: { readonly call: ClientCall; readonly now: number },
): StepMemory => {
  const { stored, awaited } = memory;
  if (stored.kind !== 'code') return memory;
  if (reply.kind === 'signedIn') return { ...memory, stored: reply };
  if (reply.kind !== 'code') {
    const name = reply.kind === 'other' ? reply.name : 'NEW_PASSWORD_REQUIRED';
    return backToPassword(memory, problemOfStep(name), { now });
  }
  const read = readPublicParameters(reply.parameters);
  const challenge = read.status === 'REPLACED' ? read : keepWaiting(read, stored.challenge);
  const news = newsAfter(call, challenge, stored.challenge, now);
  const isOrdered = news.kind === 'mailOrdered' || news.kind === 'codeReplaced';
  return {
    ...memory,
    stored: { ...stored, challenge, news, pending: undefined },
    // Whoever has answered has a mail, or guesses.
    awaited: isOrdered
      ? { since: now, asked: false }
      : { ...awaited, asked: awaited.asked || call === 'answer' },
    repliedAt: Date.now(),
    isTyping: memory.isTyping && !CLEARS_THE_FIELD.includes(news.kind),
    unheard: undefined,
  };
};

/** Problems that Cognito may tell of after it has done what it was asked for. */
const MAY_HAVE_ACTED: readonly ProblemCode[] = ['failed', 'tooSlow', 'noAnswer', 'unknown'];

/** `isUnheard`: a try of the call got no answer, so it may have been done. */
export const afterFailure = (
  memory: StepMemory,
  { error, isUnheard }: { readonly error: unknown; readonly isUnheard: boolean },
  { call, now }: { readonly call: ClientCall; readonly now: number },
): StepMemory => {
  const problem = problemOf(error, 'code');
  const { stored } = memory;
  const isLost = isUnheard || MAY_HAVE_ACTED.includes(problem.code);
  const unheard = isLost ? graver(memory.unheard, call) : memory.unheard;
  if (problem.next !== 'repeat' || stored.kind !== 'code') {
    return backToPassword(memory, problem, { lost: unheard, now, error });
  }
  const news = { kind: problem.code === 'busy' ? 'busy' : 'noAnswer' } as const;
  return { ...memory, unheard, stored: { ...stored, news, pending: undefined } };
};
