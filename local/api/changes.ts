/** Sends each change in the local system to all who listen. */
import type { Change } from './types.ts';

export type ChangeListener = (change: Change) => void;

export interface Changes {
  announce(change: Change): void;
  /** Returns a function that stops the listening. */
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
