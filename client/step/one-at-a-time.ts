/** Sends the calls of a step, one at a time, because a Session works once. */
import { type ClientCall, writeClientMetadata } from '../../shared/messages/client-metadata.ts';
import type { CodeCalls, CodeReply } from '../calls.ts';
import { problemOf } from '../problem.ts';
import type { StepClock } from './step-clock.ts';
import { afterFailure, afterReply, type StepMemory } from './step-memory.ts';
import type { StepStore } from './step-store.ts';

interface Action {
  readonly call: ClientCall;
  readonly answer: string;
}

/**
 * Sends the call, or lets it wait for one that is under way. What is not possible is not sent, except to learn whether the session
 * is lost (`anyway`). Resolves when nothing is under way any more; never rejects.
 */
export type Act = (call: ClientCall, answer: string, anyway?: boolean) => Promise<void>;

/** Before a call that got no answer, or came when the service was busy, is sent again; in milliseconds. */
const PAUSES_MS: readonly number[] = [500, 1_500, 3_000];

/** Milliseconds. Cognito answers earlier, even if each trigger takes its 5 seconds three times. */
const PATIENCE_MS = 60_000;

const TIMED_OUT = Object.assign(new Error('No answer in time'), { name: 'TimeoutError' });

/** `isUnheard`: a try of the call got no answer, so it may have been done. */
type Outcome =
  | { readonly kind: 'reply'; readonly reply: CodeReply }
  | { readonly kind: 'failed'; readonly error: unknown; readonly isUnheard: boolean };

const inTime = <T>(answered: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(TIMED_OUT), PATIENCE_MS);
    answered.then(resolve, reject).finally(() => clearTimeout(timer));
  });

/**
 * A call that got no answer is sent again: it is done now, or Cognito says that the Session was used. So it cannot count twice, and
 * if the Session is lost, the person learns it at once. One that may still be under way is not sent again.
 */
const send = async (
  calls: CodeCalls,
  { call, answer }: Action,
  isClosed: () => boolean,
  pauses = PAUSES_MS,
): Promise<Outcome> => {
  try {
    return { kind: 'reply', reply: await inTime(calls.respond(answer, writeClientMetadata({ call }))) };
  } catch (error) {
    const { code, next } = problemOf(error, 'code');
    const isUnheard = code === 'noAnswer';
    const [pause, ...others] = pauses;
    if (pause === undefined || next !== 'repeat' || error === TIMED_OUT) {
      return { kind: 'failed', error, isUnheard };
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (isClosed()) return { kind: 'failed', error, isUnheard };
    const later = await send(calls, { call, answer }, isClosed, others);
    return later.kind === 'failed' ? { ...later, isUnheard: later.isUnheard || isUnheard } : later;
  }
};

/** What is possible while no call is under way. */
const isPossible = (store: StepStore, call: ClientCall): boolean => {
  const state = store.state();
  return state.kind === 'code' && state.may[call];
};

const setPending = (store: StepStore, pending: ClientCall | undefined): void => {
  const { stored } = store.memory;
  if (stored.kind === 'code') store.update({ stored: { ...stored, pending } });
};

export const createAct = (calls: CodeCalls, clock: StepClock, store: StepStore): Act => {
  let waiting: Action | undefined;
  let underWay: Promise<void> | undefined;

  const perform = async (action: Action): Promise<StepMemory> => {
    const { call } = action;
    void clock.compare();
    const outcome = await send(calls, action, store.isClosed);
    if (outcome.kind === 'failed') return afterFailure(store.memory, outcome, { call, now: clock.now() });
    const { reply } = outcome;
    if (reply.kind === 'code') clock.note(reply.parameters.now);
    return afterReply(store.memory, reply, { call, now: clock.now() });
  };

  const work = async (): Promise<void> => {
    while (waiting !== undefined && !store.isClosed()) {
      const action: Action = waiting;
      waiting = undefined;
      setPending(store, action.call);
      store.update(await perform(action));
      // What has waited may not be possible any more, for instance because the code is over.
      if (waiting !== undefined && !store.mayThen((waiting as Action).call)) waiting = undefined;
    }
    // A listener may have set it for what is not sent.
    setPending(store, undefined);
    underWay = undefined;
  };

  return (call, answer, anyway = false) => {
    if (!store.isClosed() && (anyway || isPossible(store, call))) {
      waiting = { call, answer };
      if (underWay === undefined) {
        let done = () => {};
        // Before anybody is told, because a listener may act too.
        underWay = new Promise((resolve) => {
          done = resolve;
        });
        void work().then(done);
      } else setPending(store, call);
    }
    return underWay ?? Promise.resolve();
  };
};
