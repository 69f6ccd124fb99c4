/** The keys of items, and how to tell that the condition of a write did not hold. */
import type { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type ChallengeId, type ChallengeRef, isChallengeId } from '../domain/challenge.ts';
import type { Item } from './item.ts';
import { CHALLENGE_PREFIX, PARTITION_KEY, SORT_KEY, USER_PREFIX } from './keys.ts';

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

/** Goes by the name, because the bundles have no classes of the SDK's errors. */
export const isFailedCondition = (error: unknown): error is ConditionalCheckFailedException =>
  error instanceof Error && error.name === 'ConditionalCheckFailedException';

/** Returns undefined if the write's condition did not hold. Throws every other failure. */
export const unlessConditionFails = async <T>(write: Promise<T>): Promise<T | undefined> => {
  try {
    return await write;
  } catch (error) {
    if (isFailedCondition(error)) return undefined;
    throw error;
  }
};
