/** Gives no tokens without a code: every sign-in, of any kind, spends one verified challenge. */
import { type ChallengeId, createdAt } from '../../shared/domain/challenge.ts';
import { LIMITS } from '../../shared/domain/limits.ts';
import type { Measure } from '../../shared/lambda/metrics.ts';
import type { SpendableChallenge, SpendStore } from './spend-store.ts';

/** Milliseconds after the right answer in which tokens are given. Cognito asks for them in the same call. */
const SPENDABLE_MS = 60_000;
/** Milliseconds in which Cognito repeats a call that got no answer, up to twice. A second sign-in in this time passes too. */
const REPEAT_MS = 15_000;

/** Milliseconds after which a challenge can no longer have been verified just now. */
const MAX_AGE_MS = LIMITS.codeLifetime.max * 1000 + SPENDABLE_MS;

export interface Dependencies {
  readonly spends: SpendStore;
  readonly measure: Measure;
  readonly now: () => number;
}

/**
 * `notVerified`: no challenge was verified just now. `spent`: its tokens were given before, or it was refused or reported
 * meanwhile.
 * `reported`: either of them, at a client that may have tokens all the same.
 */
export type GuardOutcome =
  | { readonly kind: 'issued' | 'repeated'; readonly challengeId: ChallengeId }
  | { readonly kind: 'reported'; readonly challengeId?: undefined }
  | { readonly kind: 'notVerified' | 'spent'; readonly challengeId?: ChallengeId };

export const COMPONENT = 'guard-tokens';

const timeOf = ({ events }: SpendableChallenge, fact: string): number => Date.parse(events[fact]?.at ?? '');

/** Whether the challenge is so old that it cannot have been verified just now. Its id tells, which nobody can change. */
const isTooOld = ({ challengeId }: SpendableChallenge, now: number): boolean =>
  now - createdAt(challengeId) > MAX_AGE_MS;

/**
 * A code that was given while the user was locked is worth nothing, one that was reported neither, and one that was given at another
 * client nothing here.
 * Verifications of the first release name no client. Whoever may write the trail cannot make an old verification young.
 */
const isSpendable = (challenge: SpendableChallenge, clientId: string, now: number): boolean =>
  challenge.outcome === 'VERIFIED' &&
  !isTooOld(challenge, now) &&
  challenge.events.REFUSED === undefined &&
  challenge.events.REPORTED === undefined &&
  (challenge.events.VERIFIED?.client ?? clientId) === clientId &&
  now - timeOf(challenge, 'VERIFIED') <= SPENDABLE_MS;

const isUnspent = ({ events }: SpendableChallenge): boolean => events.TOKENS_ISSUED === undefined;

/** If two sign-ins at once have two challenges, an unspent one comes first, then the one that was spent last. */
const nextToSpend = (verified: readonly SpendableChallenge[]): SpendableChallenge | undefined => {
  const spentAt = (challenge: SpendableChallenge) => timeOf(challenge, 'TOKENS_ISSUED');
  return verified.find(isUnspent) ?? verified.toSorted((a, b) => spentAt(b) - spentAt(a))[0];
};

interface TokenRequest {
  readonly userId: string;
  /** The app client that asks for tokens. */
  readonly clientId: string;
  readonly requestId: string;
  /**
   * Whether the client may have tokens without a code too: then nothing is refused. Nothing is written before it is known, and
   * if it rejects, so does the whole.
   * @default false
   */
  readonly reports?: Promise<boolean>;
}

/** Spends a challenge of this user that was verified at this client. Returns why, if there is none to spend. */
export const guardTokens = async (
  { spends, measure, now }: Dependencies,
  { userId, clientId, requestId, reports = Promise.resolve(false) }: TokenRequest,
): Promise<GuardOutcome> => {
  const time = now();
  const fact = { at: new Date(time).toISOString(), by: COMPONENT, request: requestId, client: clientId };
  const [isReported, { latest, verified }] = await Promise.all([
    reports,
    findSpendable(spends, userId, clientId, time),
  ]);
  const candidate = nextToSpend(verified);
  if (candidate === undefined) {
    if (isReported) return { kind: 'reported' };
    measure({ TokensRefused: 1 });
    if (latest !== undefined) await spends.refuse({ userId, challengeId: latest.challengeId }, fact);
    return { kind: 'notVerified', ...(latest && { challengeId: latest.challengeId }) };
  }

  const { challengeId } = candidate;
  const repeatedSince = new Date(time - REPEAT_MS).toISOString();
  const standing = await spends.spend({ userId, challengeId, clientId, fact, repeatedSince });
  if (standing === undefined) {
    if (isReported) return { kind: 'reported' };
    measure({ TokensRefused: 1 });
    return { kind: 'spent', challengeId };
  }
  const isOwn = standing.request === requestId;
  if (isOwn) measure({ TokensIssued: 1 });
  return { kind: isOwn ? 'issued' : 'repeated', challengeId };
};

/**
 * Reads the newest challenges, almost always with one call. Only if all of them are young, as those of a user who signs in
 * at many places at once, an unspent one may be among the older ones.
 */
const findSpendable = async (spends: SpendStore, userId: string, clientId: string, now: number) => {
  let latest: SpendableChallenge | undefined;
  const verified: SpendableChallenge[] = [];
  for await (const page of spends.newest(userId)) {
    latest ??= page[0];
    verified.push(...page.filter((challenge) => isSpendable(challenge, clientId, now)));
    const oldest = page.at(-1);
    if (oldest === undefined || isTooOld(oldest, now) || verified.some(isUnspent)) break;
  }
  return { latest, verified };
};
