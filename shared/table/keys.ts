/** The names of the table's keys, attributes and index. They stand apart from the SDK, because `infra/` builds the table from them. */
import type { ChallengeId } from '../domain/challenge.ts';
import type { Attribute } from './item.ts';

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

/** The keys of what is kept of a pool's app clients begin with these; the pool's or the client's id follows. */
export const POOL_PREFIX = 'POOL#';
export const CLIENT_PREFIX = 'CLIENT#';
