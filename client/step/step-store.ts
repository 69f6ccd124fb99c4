/** Keeps a step's memory, and tells those who listen when something changes for the person. */

import type { ClientCall } from '../../shared/messages/client-metadata.ts';
import { type CodeStepState, isSameState } from '../step-state.ts';
import type { StepMemory } from './step-memory.ts';

export interface StepStore {
  readonly memory: StepMemory;
  /** The same object until something changes. */
  state(): CodeStepState;
  /** What is possible once the call that is under way has ended. */
  mayThen(call: ClientCall): boolean;
  update(change: Partial<StepMemory>): void;
  /** Tells of what the time has changed. */
  tell(): void;
  /** `tick` runs several times in a second while anybody listens and the code is asked for. */
  subscribe(onChange: () => void, tick: () => void): () => void;
  isClosed(): boolean;
  /** After this nobody is told of anything, and nothing changes. */
  close(): void;
}

const TICK_MS = 250;

/** An error in it is its own, and reaches whoever looks for errors that nobody catches. */
const callSafely = (listener: () => void): void => {
  try {
    listener();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
};

/** `look` returns the state at this moment. */
export const createStepStore = (
  initial: StepMemory,
  look: (memory: StepMemory) => CodeStepState,
): StepStore => {
  const listeners = new Set<() => void>();
  let memory = initial;
  let seen = look(memory);
  let told = seen;
  let timer: ReturnType<typeof setInterval> | undefined;
  let isClosed = false;

  const rest = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  const state = (): CodeStepState => {
    const current = look(memory);
    if (!isSameState(current, seen)) seen = current;
    return seen;
  };
  const tell = (): void => {
    if (told === state()) return;
    told = seen;
    if (told.kind !== 'code') rest();
    for (const listener of [...listeners]) if (listeners.has(listener)) callSafely(listener);
  };
  return {
    get memory() {
      return memory;
    },
    state,
    tell,
    mayThen: (call) => {
      const { stored } = memory;
      if (stored.kind !== 'code') return false;
      const then = look({ ...memory, stored: { ...stored, pending: undefined } });
      return then.kind === 'code' && then.may[call];
    },
    isClosed: () => isClosed,
    close: () => {
      isClosed = true;
      listeners.clear();
      rest();
    },
    update: (change) => {
      if (isClosed) return;
      memory = { ...memory, ...change };
      tell();
    },
    subscribe: (onChange, tick) => {
      const listener = () => onChange();
      listeners.add(listener);
      if (!isClosed && state().kind === 'code') timer ??= setInterval(tick, TICK_MS);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) rest();
      };
    },
  };
};
