/**
 * The step of a sign-in that asks for the mailed code, without a page: what is asked, how long the code works, what came of each
 * call, and what can be done next.
 */
import type { ServiceClock } from '../shared/clock/service-clock.ts';
import { readAnswer } from '../shared/domain/answer.ts';
import { ANSWER_OF } from '../shared/messages/client-metadata.ts';
import { readPublicParameters } from '../shared/messages/public-parameters.ts';
import type { ChallengeParameters, CodeCalls } from './calls.ts';
import type { CodeNews } from './news.ts';
import { type Act, createAct } from './step/one-at-a-time.ts';
import { readSavedStep, SAVED_VERSION } from './step/saved-step.ts';
import { createStepClock, type StepClock } from './step/step-clock.ts';
import { backToPassword, graver, type StepMemory } from './step/step-memory.ts';
import { createStepStore, type StepStore } from './step/step-store.ts';
import { type CodeStepState, type SavedStep, type StoredState, stateAt } from './step-state.ts';

export interface CodeStepOptions {
  readonly calls: CodeCalls;
  /** @default what the service's answers say */
  readonly clock?: ServiceClock;
  /**
   * Whether the person is there and the service can be reached, so that the step may ask by itself how the mail stands.
   * @default in a browser, the page is visible and online
   */
  readonly isWatched?: () => boolean;
}

export interface NewCodeStep extends CodeStepOptions {
  /** As the person typed it. */
  readonly username: string;
  /** Cognito's challenge parameters; Amplify calls them `additionalInfo`. */
  readonly parameters: ChallengeParameters;
}

/** One call at a time goes to Cognito, because a Session works once. None of the functions rejects. */
export interface CodeStep {
  /** The same object until something changes. */
  readonly state: CodeStepState;
  /**
   * Calls `onChange` after each change, and each second while a countdown runs. Only while somebody listens, the step notices by
   * itself that a code ends, and asks how a mail stands. Returns a function that ends it.
   */
  subscribe(onChange: () => void): () => void;
  /** To be called while the person types, so that the step does not ask by itself. Returns the code in the text, if there is one. */
  typed(text: string): string | undefined;
  /** Answers with the code in the text. What cannot be a code, or comes too late, is not sent. */
  answer(text: string): Promise<void>;
  /** Orders another mail. */
  resend(): Promise<void>;
  /** Asks how the newest mail stands. */
  askStatus(): Promise<void>;
  /** The service's time in epoch milliseconds. */
  now(): number;
  /** Ends the step: nothing is sent any more, and nobody is told of anything. To be called when the person begins anew. */
  close(): void;
  /** For `resumeCodeStep`; undefined if there is nothing to go on with. */
  toJSON(): SavedStep | undefined;
}

/** Milliseconds after the order of a mail. By then most mails have gone out, and most failures are known. */
const ASK_AFTER_MS = 6_000;
/** Milliseconds between two comparisons with a clock that can be asked. */
const COMPARE_MS = 5_000;

const isWatchedPage = (): boolean => {
  const { document, navigator } = globalThis as Partial<{
    readonly document: { readonly visibilityState: string };
    readonly navigator: { readonly onLine?: boolean };
  }>;
  return document?.visibilityState !== 'hidden' && navigator?.onLine !== false;
};

/** What the step does by itself, several times in a second. */
const createTick = (store: StepStore, act: Act, clock: StepClock, isWatched: () => boolean) => {
  let comparedAt = Number.NEGATIVE_INFINITY;

  const compare = (): void => {
    if (performance.now() - comparedAt < COMPARE_MS) return;
    comparedAt = performance.now();
    void clock.compare().then(store.tell);
  };
  const ask = (): void => {
    const { awaited, isTyping } = store.memory;
    const state = store.state();
    if (
      state.kind !== 'code' ||
      state.codeSeconds === 0 ||
      awaited.asked ||
      isTyping ||
      clock.now() - awaited.since < ASK_AFTER_MS
    )
      return;
    const isOpen = ['SENDING', 'DEFERRED', 'SENT'].includes(state.challenge.delivery);
    if (!isOpen || !state.may.status || !isWatched()) return;
    store.update({ awaited: { ...awaited, asked: true } });
    void act('status', ANSWER_OF.status);
  };
  return () => {
    compare();
    noticeExpiry(store);
    ask();
    store.tell();
  };
};

const NOT_HIDDEN: readonly CodeNews['kind'][] = ['codeExpired', 'noAnswer', 'busy'];

/** Says that the code has ended, once. */
const noticeExpiry = (store: StepStore): void => {
  const { stored } = store.memory;
  const state = store.state();
  if (stored.kind !== 'code' || state.kind !== 'code' || state.pending !== undefined) return;
  // That a call failed is not hidden by what the countdown shows anyway.
  const isTold = NOT_HIDDEN.includes(stored.news.kind) || stored.challenge.status === 'OVER';
  if (state.codeSeconds === 0 && !state.may.answer && !isTold)
    store.update({ stored: { ...stored, news: { kind: 'codeExpired' } } });
};

const save = ({ memory }: StepStore, calls: CodeCalls, now: number): SavedStep | undefined => {
  const { stored, username, awaited, repliedAt, unheard } = memory;
  if (stored.kind !== 'code') return undefined;
  const { challenge } = stored;
  const pending = graver(unheard, stored.pending);
  const session = calls.session?.();
  const saved = { version: SAVED_VERSION, username, challenge, awaited, repliedAt, savedAt: Date.now(), now };
  return { ...saved, ...(pending && { pending }), ...(session !== undefined && { session }) };
};

const mayAskStill = (stored: StoredState): boolean =>
  stored.kind === 'code' && (stored.challenge.statusesLeft ?? 0) > 0;

const runStep = (options: CodeStepOptions, memory: StepMemory, clock: StepClock): CodeStep => {
  const { calls, isWatched = isWatchedPage } = options;
  const store = createStepStore(memory, (current) => stateAt(current, clock.now(), clock.isSure()));
  const act = createAct(calls, clock, store);
  const tick = createTick(store, act, clock, isWatched);
  let isProbed = memory.unheard === undefined || !mayAskStill(memory.stored);
  /** Asks what became of the call that was under way when the page was loaded again. */
  const probe = () => {
    if (!isProbed) void act('status', ANSWER_OF.status, true);
    isProbed = true;
  };
  const codeIn = (text: string) => {
    const { stored } = store.memory;
    return stored.kind === 'code' ? readAnswer(text, stored.challenge.codeLength) : undefined;
  };

  return {
    get state() {
      return store.state();
    },
    subscribe: (onChange) => {
      const leave = store.subscribe(onChange, tick);
      probe();
      return leave;
    },
    typed: (text) => {
      store.update({ isTyping: text !== '' });
      return codeIn(text);
    },
    answer: async (text) => {
      noticeExpiry(store);
      const code = codeIn(text);
      if (code !== undefined) return act('answer', code);
      const { stored } = store.memory;
      const state = store.state();
      if (stored.kind === 'code' && state.kind === 'code' && state.may.answer)
        store.update({ stored: { ...stored, news: { kind: 'notACode' } } });
    },
    resend: () => act('resend', ANSWER_OF.resend),
    askStatus: () => {
      noticeExpiry(store);
      return act('status', ANSWER_OF.status);
    },
    now: () => clock.now(),
    close: store.close,
    toJSON: () => save(store, calls, clock.now()),
  };
};

/** Begins the step with what Cognito said after the password. */
export const createCodeStep = ({ username, parameters, ...options }: NewCodeStep): CodeStep => {
  const challenge = readPublicParameters(parameters);
  const clock = createStepClock(challenge.now, options.clock);
  const memory: StepMemory = {
    username,
    stored: { kind: 'code', challenge, news: { kind: 'codeAsked' }, pending: undefined },
    awaited: { since: clock.now(), asked: false },
    repliedAt: Date.now(),
    isTyping: false,
  };
  return runStep(options, memory, clock);
};

/**
 * Goes on with a step that was saved, for instance before the page was loaded again. `saved` is what `JSON.parse` makes of the
 * text. If it is too old for the library that keeps the session, or is none, the step begins with the password. If a call was under way, or
 * had got no answer, the session may be lost: the step asks as soon as somebody listens.
 */
export const resumeCodeStep = (options: CodeStepOptions, saved: unknown): CodeStep => {
  const { memory, now, isTooLate } = readSavedStep(saved, options.calls);
  const clock = createStepClock(now, options.clock, false);
  if (isTooLate) {
    const problem = { code: 'stepForgotten', next: 'startOver' } as const;
    return runStep(options, backToPassword(memory, problem, { now: clock.now() }), clock);
  }
  return runStep(options, memory, clock);
};
