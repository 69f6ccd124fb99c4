/** Passes on what has just changed in the local system to whoever shows it. */
import type { Change } from './types.ts';

export type ChangeListener = (change: Change) => void;

export interface Changes {
  announce(change: Change): void;
  /** Returns how to stop listening. */
  listen(listener: ChangeListener): () => void;
}

export const createChanges = (): Changes => {
  const listeners = new Set<ChangeListener>();
  return {
    announce: (change) => {
      for (const listener of listeners) listener(change);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};
