/** What has just changed in the local system, for whoever shows it. Ids only: what belongs to them is fetched. */

export type Change =
  | { readonly kind: 'mail'; readonly messageId: string }
  | { readonly kind: 'execution'; readonly executionArn: string }
  | { readonly kind: 'challenge' }
  | { readonly kind: 'faults' }
  | { readonly kind: 'metrics' };

export type ChangeListener = (change: Change) => void;

export interface Changes {
  announce(change: Change): void;
  /** Answers how to stop listening. */
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
