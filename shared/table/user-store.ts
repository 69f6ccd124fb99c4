/** The user's GUARD item. Verbs only: each method is one read or one atomic conditional write. */
import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { ChallengeId } from '../domain/challenge.ts';
import { type DeliveryDecision, NO_USER_RECORD, type UserRecord } from '../domain/policy.ts';
import { type Attribute, toUserRecord } from './item.ts';
import { unlessConditionFails, userKey } from './table.ts';

export type DeliveryClaim = Extract<DeliveryDecision, { readonly kind: 'claim' }>;

/** The user record that may be cleared: one with fewer failures than lock the user, or just the one that was read. */
export type Clearable = { readonly failuresBelow: number } | { readonly version: number };

export interface Failure {
  readonly challengeId: ChallengeId;
  readonly round: string;
  readonly now: number;
  readonly exhausted: boolean;
  /** The count stops here. */
  readonly maxFailures: number;
}

export interface UserStore {
  readUserRecord(userId: string): Promise<UserRecord>;
  /** Makes the claim's mail the latest one; answers false if the user record has changed since it was read. */
  claimDelivery(userId: string, userRecord: UserRecord, claim: DeliveryClaim, now: number): Promise<boolean>;
  /**
   * A right code: the failure count starts again, and nobody is handed this challenge any more. Answers false, and leaves
   * everything as it is, where the user record is not clearable.
   */
  clearFailures(userId: string, challengeId: ChallengeId, clearable: Clearable): Promise<boolean>;
  /**
   * A wrong code, counted once per round however often it is reported; `exhausted` also withdraws the challenge. Answers
   * the user record with it; undefined where the count has stopped.
   */
  countFailure(userId: string, failure: Failure): Promise<UserRecord | undefined>;
  /** An operator's word: the failure count starts again. Answers the user record with it; undefined if it has changed since it was read. */
  unlock(userId: string, userRecord: UserRecord): Promise<UserRecord | undefined>;
}

/** Other requests of the same user have changed the user record each time between its read and its write. */
export class GuardContended extends Error {
  override readonly name = 'GuardContended';
  constructor() {
    super('The guard kept changing');
  }
}

const NAMES = { '#version': 'version', '#latest': 'latest' } as const satisfies Record<string, Attribute>;

/** The user records in this table. */
export const createUserStore = (client: DynamoDBClient, tableName: string): UserStore => ({
  readUserRecord: async (userId) => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key: userKey(userId), ConsistentRead: true }),
    );
    return Item ? toUserRecord(Item) : NO_USER_RECORD;
  },

  claimDelivery: async (userId, { version }, { challengeId, delivery, sends }, now) => {
    const write = client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: userKey(userId),
        UpdateExpression: 'SET #version = :next, #latest = :latest, sends = :sends',
        ConditionExpression: version === 0 ? 'attribute_not_exists(pk)' : '#version = :read',
        ExpressionAttributeNames: NAMES,
        ExpressionAttributeValues: marshall({
          ':next': version + 1,
          ':latest': { [challengeId]: { delivery, claimedAt: now } },
          ':sends': sends,
          ...(version > 0 && { ':read': version }),
        }),
      }),
    );
    return (await unlessConditionFails(write)) !== undefined;
  },

  clearFailures: async (userId, challengeId, clearable) => {
    const [condition, limit] =
      'version' in clearable
        ? ['#version = :limit', clearable.version]
        : ['(attribute_not_exists(failedRounds) OR size(failedRounds) < :limit)', clearable.failuresBelow];
    const write = client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: userKey(userId),
        UpdateExpression: 'ADD #version :one REMOVE #latest.#challengeId, failedRounds, lastFailureAt',
        ConditionExpression: `attribute_exists(#latest) AND ${condition}`,
        ExpressionAttributeNames: { ...NAMES, '#challengeId': challengeId },
        ExpressionAttributeValues: marshall({ ':one': 1, ':limit': limit }),
      }),
    );
    return (await unlessConditionFails(write)) !== undefined;
  },

  countFailure: async (userId, { challengeId, round, now, exhausted, maxFailures }) => {
    const withdrawal = exhausted ? ' REMOVE #latest.#challengeId' : '';
    const write = client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: userKey(userId),
        UpdateExpression: `ADD #version :one, failedRounds :round SET lastFailureAt = :now${withdrawal}`,
        ConditionExpression:
          'attribute_exists(#latest) AND (attribute_not_exists(failedRounds) OR size(failedRounds) < :most)',
        ExpressionAttributeNames: { ...NAMES, ...(exhausted && { '#challengeId': challengeId }) },
        ExpressionAttributeValues: marshall({
          ':one': 1,
          ':now': now,
          ':round': new Set([round]),
          ':most': maxFailures,
        }),
        ReturnValues: 'ALL_NEW',
      }),
    );
    const { Attributes } = (await unlessConditionFails(write)) ?? {};
    return Attributes && toUserRecord(Attributes);
  },

  unlock: async (userId, { version }) => {
    const write = client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: userKey(userId),
        UpdateExpression: 'ADD #version :one REMOVE failedRounds, lastFailureAt',
        ConditionExpression: '#version = :read',
        ExpressionAttributeNames: { '#version': NAMES['#version'] },
        ExpressionAttributeValues: marshall({ ':one': 1, ':read': version }),
        ReturnValues: 'ALL_NEW',
      }),
    );
    const { Attributes } = (await unlessConditionFails(write)) ?? {};
    return Attributes && toUserRecord(Attributes);
  },
});
