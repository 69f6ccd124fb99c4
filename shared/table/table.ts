/** The one table: keys, and how a conditional write reports that its condition did not hold. */
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type ChallengeId, type ChallengeRef, isChallengeId } from '../domain/challenge.ts';
import type { Attribute, Item } from './item.ts';

export const PARTITION_KEY = 'pk';
export const SORT_KEY = 'sk';
/** Epoch seconds after which DynamoDB may delete the item. Tidies up; no rule depends on it. */
export const TTL_ATTRIBUTE = 'ttl' satisfies Attribute;

/** Epoch milliseconds. */
export const EXPIRY_ATTRIBUTE = 'expiresAt' satisfies Attribute;

/**
 * The sparse index of the challenges without an outcome, keys only. Only they have a shard, so one leaves the index with
 * the write that gives it its outcome. Sixteen shards, because one index partition takes 1,000 writes a second.
 */
export const OPEN_INDEX = 'open';
export const OPEN_SHARD_ATTRIBUTE = 'openShard' satisfies Attribute;
export const OPEN_SHARDS: readonly string[] = [...'0123456789abcdef'];

/** By the id's last digit, which is random. */
export const openShardOf = (challengeId: ChallengeId): string => challengeId.slice(-1);

/** What the keys begin with; the user's sub or the challenge's id follows. */
export const USER_PREFIX = 'USER#';
export const CHALLENGE_PREFIX = 'CHALLENGE#';

/** The key of a challenge's item, as DynamoDB wants it. */
export const challengeKey = (userId: string, challengeId: ChallengeId): Item =>
  marshall({ [PARTITION_KEY]: `${USER_PREFIX}${userId}`, [SORT_KEY]: `${CHALLENGE_PREFIX}${challengeId}` });

const textAfter = (prefix: string, value: Item[string] | undefined): string =>
  value?.S?.startsWith(prefix) ? value.S.slice(prefix.length) : '';

/** Which challenge an item is, by its key; undefined for what is none. */
export const readChallengeKey = (item: Item): ChallengeRef | undefined => {
  const userId = textAfter(USER_PREFIX, item[PARTITION_KEY]);
  const challengeId = textAfter(CHALLENGE_PREFIX, item[SORT_KEY]);
  return isChallengeId(challengeId) ? { userId, challengeId } : undefined;
};

/** The key of a user's record, as DynamoDB wants it. Its sort key is an older word for it, which stored items keep. */
export const userKey = (userId: string): Item =>
  marshall({ [PARTITION_KEY]: `${USER_PREFIX}${userId}`, [SORT_KEY]: 'GUARD' });

/** Answers undefined where the write's condition did not hold; every other failure is thrown on. */
export const unlessConditionFails = async <T>(write: Promise<T>): Promise<T | undefined> => {
  try {
    return await write;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
};
