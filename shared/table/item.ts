/** What is stored of a challenge and of a user, beside the key, and the one reader of each. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Challenge, ChallengeId, ChallengeRef } from '../domain/challenge.ts';
import type { UserRecord } from '../domain/policy.ts';

/** An item as DynamoDB has it. */
export type Item = Record<string, AttributeValue>;

export interface ChallengeItem extends Omit<Challenge, keyof ChallengeRef> {
  /** The index of open challenges by it; taken off by the write that gives the outcome. */
  readonly openShard?: string;
  /** Epoch seconds after which DynamoDB may delete the item. */
  readonly ttl: number;
  /** The round whose right answer was taken, so that Cognito's retry of it is taken too. */
  readonly verifiedRound?: string;
  /** Set once it is known that SES has taken a mail of the challenge. */
  readonly mailed?: true;
  /** The right to send a delivery: who has it, and until when (epoch milliseconds). */
  readonly [lease: `lease#${number}`]: { readonly owner: string; readonly until: number };
}

/** What spans a user's sign-ins. */
export interface UserItem {
  readonly version: number;
  /** A map with the challenge id as its only key, so that one write can withdraw this challenge and no other. */
  readonly latest?: Readonly<Record<string, { readonly delivery: number; readonly claimedAt: number }>>;
  /** The rounds that failed since the last right code: a set, so that Cognito's retry of a lost answer adds nothing. */
  readonly failedRounds?: ReadonlySet<string>;
  readonly lastFailureAt?: number;
  readonly sends?: readonly number[];
}

/** The attributes that expressions and policies may name. */
export type Attribute = keyof ChallengeItem | keyof UserItem;

export const readChallengeItem = (item: Item): ChallengeItem => unmarshall(item) as ChallengeItem;

/** As much of the item as the challenge is to everybody but the write that decides. */
export const toChallenge = ({ userId, challengeId }: ChallengeRef, item: Item): Challenge => {
  const { recipient, recipientHash, expiresAt, attempts, outcome, events } = readChallengeItem(item);
  return {
    userId,
    challengeId,
    recipient,
    ...(recipientHash && { recipientHash }),
    expiresAt,
    attempts,
    events,
    ...(outcome && { outcome }),
  };
};

export const toUserRecord = (item: Item): UserRecord => {
  const { version, latest = {}, failedRounds, lastFailureAt, sends = [] } = unmarshall(item) as UserItem;
  const [newest] = Object.entries(latest);
  return {
    version,
    sends,
    consecutiveFailures: failedRounds?.size ?? 0,
    ...(lastFailureAt !== undefined && { lastFailureAt }),
    ...(newest && { latest: { challengeId: newest[0] as ChallengeId, ...newest[1] } }),
  };
};
