/** Keeps which sign-ins are revoked, by the id that all tokens of one sign-in share (`origin_jti`). */
import type { State } from '../../../ground/state.ts';

export interface Revocations {
  /** `until` is the time in epoch milliseconds at which all tokens of the sign-in have expired. */
  add(originId: string, until: number): void;
  has(originId: string): boolean;
}

interface Revocation {
  readonly originId: string;
  readonly until: number;
}

export const createRevocations = (state: State, now: () => number): Revocations => {
  const documents = state.documents<Revocation>('cognito-revocation');
  return {
    add: (originId, until) => {
      for (const past of documents.all()) if (past.until <= now()) documents.delete(past.originId);
      documents.put(originId, { originId, until });
    },
    has: (originId) => documents.get(originId) !== undefined,
  };
};
