/** No tokens without a code: each sign-in spends one verified challenge, whatever way it came. */
import type { ChallengeId } from '../../shared/domain/challenge.ts';
import type { Measure } from '../../shared/lambda/metrics.ts';
import type { SpendableChallenge, SpendStore } from './spend-store.ts';

/** Milliseconds between the right answer and the tokens: Cognito asks for them in the same call. */
const SPENDABLE_MS = 60_000;
/** Milliseconds in which Cognito calls twice more where it gets no answer. A second sign-in in that time is the residue. */
const REPEAT_MS = 15_000;

export interface Dependencies {
  readonly spends: SpendStore;
  readonly measure: Measure;
  readonly now: () => number;
}

/** `notVerified`: no challenge was verified just now. `spent`: tokens were given for it before, or it was refused meanwhile. */
export type GuardOutcome =
  | { readonly kind: 'issued' | 'repeated'; readonly challengeId: ChallengeId }
  | { readonly kind: 'notVerified' | 'spent'; readonly challengeId?: ChallengeId };

export const COMPONENT = 'guard-tokens';

const timeOf = ({ events }: SpendableChallenge, fact: string): number => Date.parse(events[fact]?.at ?? '');

/** A code that was given while the user was locked is worth nothing. */
const isSpendable = (challenge: SpendableChallenge, now: number): boolean =>
  challenge.outcome === 'VERIFIED' &&
  challenge.events.REFUSED === undefined &&
  now - timeOf(challenge, 'VERIFIED') <= SPENDABLE_MS;

/** Two sign-ins at once have two challenges: one that nobody has spent comes first, then the one that was spent last. */
const nextToSpend = (verified: readonly SpendableChallenge[]): SpendableChallenge | undefined => {
  const spentAt = (challenge: SpendableChallenge) => timeOf(challenge, 'TOKENS_ISSUED');
  const unspent = verified.find(({ events }) => events.TOKENS_ISSUED === undefined);
  return unspent ?? verified.toSorted((a, b) => spentAt(b) - spentAt(a))[0];
};

/** Spends a verification of this user, or says why there is none to spend. */
export const guardTokens = async (
  { spends, measure, now }: Dependencies,
  { userId, requestId }: { readonly userId: string; readonly requestId: string },
): Promise<GuardOutcome> => {
  const time = now();
  const fact = { at: new Date(time).toISOString(), by: COMPONENT, request: requestId };
  const newest = await spends.newest(userId);
  const verified = newest.filter((challenge) => isSpendable(challenge, time));
  const candidate = nextToSpend(verified);
  if (candidate === undefined) {
    const [latest] = newest;
    measure({ TokensRefused: 1 });
    if (latest !== undefined) await spends.refuse({ userId, challengeId: latest.challengeId }, fact);
    return { kind: 'notVerified', ...(latest && { challengeId: latest.challengeId }) };
  }

  const { challengeId } = candidate;
  const repeatedSince = new Date(time - REPEAT_MS).toISOString();
  const standing = await spends.spend({ userId, challengeId, fact, repeatedSince });
  if (standing === undefined) {
    measure({ TokensRefused: 1 });
    return { kind: 'spent', challengeId };
  }
  const isOwn = standing.request === requestId;
  if (isOwn) measure({ TokensIssued: 1 });
  return { kind: isOwn ? 'issued' : 'repeated', challengeId };
};
