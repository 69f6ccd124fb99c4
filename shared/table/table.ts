/** The table's keys and index, and how to tell that the condition of a write did not hold. */
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type ChallengeId, type ChallengeRef, isChallengeId } from '../domain/challenge.ts';
import type { Attribute, Item } from './item.ts';

export const PARTITION_KEY = 'pk';
export const SORT_KEY = 'sk';
/** Epoch seconds after which DynamoDB may delete the item. No rule depends on the deletion. */
export const TTL_ATTRIBUTE = 'ttl' satisfies Attribute;

/** Epoch milliseconds. */
export const EXPIRY_ATTRIBUTE = 'expiresAt' satisfies Attribute;

/**
 * The sparse index of the challenges without an outcome, with keys only. Only these have a shard, so the write that sets the
 * outcome also removes the challenge from the index. There are sixteen shards, because one index partition takes 1,000
 * writes a second.
 */
export const OPEN_INDEX = 'open';
export const OPEN_SHARD_ATTRIBUTE = 'openShard' satisfies Attribute;
export const OPEN_SHARDS: readonly string[] = [...'0123456789abcdef'];

/** The shard of a challenge: the last digit of its id, which is random. */
export const openShardOf = (challengeId: ChallengeId): string => challengeId.slice(-1);

/** The keys begin with these; the user's `sub` or the challenge's id follows. */
export const USER_PREFIX = 'USER#';
export const CHALLENGE_PREFIX = 'CHALLENGE#';

/** The key of a challenge's item, in DynamoDB's format. */
export const challengeKey = (userId: string, challengeId: ChallengeId): Item =>
  marshall({ [PARTITION_KEY]: `${USER_PREFIX}${userId}`, [SORT_KEY]: `${CHALLENGE_PREFIX}${challengeId}` });

const textAfter = (prefix: string, value: Item[string] | undefined): string =>
  value?.S?.startsWith(prefix) ? value.S.slice(prefix.length) : '';

/** Reads which challenge an item is from its key. Returns undefined if the item is not a challenge. */
export const readChallengeKey = (item: Item): ChallengeRef | undefined => {
  const userId = textAfter(USER_PREFIX, item[PARTITION_KEY]);
  const challengeId = textAfter(CHALLENGE_PREFIX, item[SORT_KEY]);
  return isChallengeId(challengeId) ? { userId, challengeId } : undefined;
};

/** The key of a user record, in DynamoDB's format. The sort key is an older word for it, which stored items keep. */
export const userKey = (userId: string): Item =>
  marshall({ [PARTITION_KEY]: `${USER_PREFIX}${userId}`, [SORT_KEY]: 'GUARD' });

/** Returns undefined if the write's condition did not hold. Throws every other failure. */
export const unlessConditionFails = async <T>(write: Promise<T>): Promise<T | undefined> => {
  try {
    return await write;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
};
