/** Reads and writes user records. Each method is one read or one conditional write. */
import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { ChallengeId } from '../domain/challenge.ts';
import { type DeliveryDecision, NO_USER_RECORD, type UserRecord } from '../domain/policy.ts';
import { type Attribute, toUserRecord } from './item.ts';
import { unlessConditionFails, userKey } from './table.ts';

export type DeliveryClaim = Extract<DeliveryDecision, { readonly kind: 'claim' }>;

/** Which user record may be cleared: one with fewer failures than this, or only the version that was read. */
export type Clearable = { readonly failuresBelow: number } | { readonly version: number };

export interface Failure {
  readonly challengeId: ChallengeId;
  readonly round: string;
  readonly now: number;
  readonly exhausted: boolean;
  /** The count stops at this number. */
  readonly maxFailures: number;
}

export interface UserStore {
  readUserRecord(userId: string): Promise<UserRecord>;
  /** Makes the claim's mail the latest one. Returns false if the user record has changed since it was read. */
  claimDelivery(userId: string, userRecord: UserRecord, claim: DeliveryClaim, now: number): Promise<boolean>;
  /**
   * Resets the failure count after a right code, and removes this challenge, so that it is not handed out again. Returns
   * false and changes nothing if the user record is not clearable.
   */
  clearFailures(userId: string, challengeId: ChallengeId, clearable: Clearable): Promise<boolean>;
  /**
   * Counts a wrong code, once per round; `exhausted` also removes the challenge. Returns the new user record, or undefined
   * if the count has stopped.
   */
  countFailure(userId: string, failure: Failure): Promise<UserRecord | undefined>;
  /** Resets the failure count for an operator. Returns the new user record, or undefined if it has changed since it was read. */
  unlock(userId: string, userRecord: UserRecord): Promise<UserRecord | undefined>;
}

/**
 * In every try, another request of the same user changed the user record between its read and its write. "Guard" is an
 * older word for the user record, which the error's name keeps, because operators find it in logs.
 */
export class GuardContended extends Error {
  override readonly name = 'GuardContended';
  constructor() {
    super('The user record kept changing');
  }
}

const NAMES = { '#version': 'version', '#latest': 'latest' } as const satisfies Record<string, Attribute>;

/** A `UserStore` for this table. */
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
