/** Gives no tokens without a code: every sign-in, of any kind, spends one verified challenge. */
import type { ChallengeId } from '../../shared/domain/challenge.ts';
import type { Measure } from '../../shared/lambda/metrics.ts';
import type { SpendableChallenge, SpendStore } from './spend-store.ts';

/** Milliseconds after the right answer in which tokens are given. Cognito asks for them in the same call. */
const SPENDABLE_MS = 60_000;
/** Milliseconds in which Cognito repeats a call that got no answer, up to twice. A second sign-in in this time passes too. */
const REPEAT_MS = 15_000;

export interface Dependencies {
  readonly spends: SpendStore;
  readonly measure: Measure;
  readonly now: () => number;
}

/** `notVerified`: no challenge was verified just now. `spent`: its tokens were given before, or it was refused meanwhile. */
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

/** If two sign-ins at once have two challenges, an unspent one comes first, then the one that was spent last. */
const nextToSpend = (verified: readonly SpendableChallenge[]): SpendableChallenge | undefined => {
  const spentAt = (challenge: SpendableChallenge) => timeOf(challenge, 'TOKENS_ISSUED');
  const unspent = verified.find(({ events }) => events.TOKENS_ISSUED === undefined);
  return unspent ?? verified.toSorted((a, b) => spentAt(b) - spentAt(a))[0];
};

/** Spends a verified challenge of this user. Returns why, if there is none to spend. */
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
