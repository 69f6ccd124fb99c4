/** Reads and writes user records. Each method is one read or one conditional write. */
import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { ChallengeId, ChallengeRef } from '../domain/challenge.ts';
import type { NoticeKind } from '../domain/notices/notice.ts';
import {
  type DeliveryDecision,
  failuresToLock,
  type LockLimits,
  NO_USER_RECORD,
  type UserRecord,
} from '../domain/policy.ts';
import { type Attribute, toUserRecord } from './item.ts';
import { noticeForm } from './notice-form.ts';
import { unlessConditionFails, userKey } from './table.ts';

/** A decision to order a mail, when it was made, and the keyed hash of the address that the mail goes to. */
export interface ClaimedDelivery extends Extract<DeliveryDecision, { readonly kind: 'claim' }> {
  readonly addressHash: string;
  readonly now: number;
}

/**
 * Which user record may be cleared: one with orders, fewer failures than this and no block at this time, or only the record
 * that was read.
 */
export type Clearable =
  | { readonly failuresBelow: number; readonly now: number }
  | { readonly read: UserRecord };

export interface Failure {
  readonly challengeId: ChallengeId;
  readonly round: string;
  readonly now: number;
  readonly exhausted: boolean;
  readonly limits: LockLimits;
  /** The notice that the same write orders. */
  readonly notice?: NoticeKind;
}

export interface UserStore {
  readUserRecord(userId: string): Promise<UserRecord>;
  /** Makes the claim's mail the latest one. Returns false if the user record has changed since it was read. */
  claimDelivery(userId: string, userRecord: UserRecord, claim: ClaimedDelivery): Promise<boolean>;
  /**
   * Resets the failure count after a right code, and removes this challenge with its orders, so that it is not handed out
   * again and its mails do not count. Returns false and changes nothing if the user record is not clearable.
   */
  clearFailures(userId: string, challengeId: ChallengeId, clearable: Clearable): Promise<boolean>;
  /**
   * Counts a wrong code, once per round; `exhausted` also removes the challenge. Returns the new user record, or undefined
   * if the code was not counted: the count has stopped, the user is locked, or the notice is not due.
   */
  countFailure(userId: string, failure: Failure): Promise<UserRecord | undefined>;
  /** Removes the orders of mails that were never sent; those that are not there are ignored. */
  giveBack(ref: ChallengeRef, deliveries: readonly number[]): Promise<void>;
  /**
   * Ends lock and block for an operator; `mails` also removes the orders that count. The ceiling of orders stays. Returns the
   * new user record, or undefined if it has changed since it was read.
   */
  unlock(
    userId: string,
    userRecord: UserRecord,
    also: { readonly mails: boolean },
  ): Promise<UserRecord | undefined>;
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

const CLEARABLE_UNREAD =
  'attribute_exists(orders) AND (attribute_not_exists(failedRounds) OR size(failedRounds) < :limit) AND ' +
  '(attribute_not_exists(blockedUntil) OR blockedUntil <= :now)';

const NAMES = { '#version': 'version', '#latest': 'latest' } as const satisfies Record<string, Attribute>;

/** A `UserStore` for this table. */
export const createUserStore = (client: DynamoDBClient, tableName: string): UserStore => ({
  readUserRecord: async (userId) => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key: userKey(userId), ConsistentRead: true }),
    );
    return Item ? toUserRecord(Item) : NO_USER_RECORD;
  },

  claimDelivery: async (userId, { version }, { challengeId, delivery, addressHash, now, ordered }) => {
    const { orders, sends, inWindow, inDay } = ordered;
    const write = client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: userKey(userId),
        UpdateExpression:
          'SET #version = :next, #latest = :latest, orders = :orders, inWindow = :inWindow, inDay = :inDay' +
          (sends.length > 0 ? ', sends = :sends' : ' REMOVE sends'),
        ConditionExpression: version === 0 ? 'attribute_not_exists(pk)' : '#version = :read',
        ExpressionAttributeNames: NAMES,
        ExpressionAttributeValues: marshall({
          ':next': version + 1,
          ':latest': { [challengeId]: { delivery, claimedAt: now, addressHash } },
          ':orders': orders,
          ':inWindow': inWindow,
          ':inDay': inDay,
          ...(sends.length > 0 && { ':sends': sends }),
          ...(version > 0 && { ':read': version }),
        }),
      }),
    );
    return (await unlessConditionFails(write)) !== undefined;
  },

  clearFailures: async (userId, challengeId, clearable) => {
    // A path below a map that is missing fails the whole write, and records of the first release have no orders.
    const hasOrders = 'read' in clearable ? clearable.read.orders !== undefined : true;
    const [condition, values] =
      'read' in clearable
        ? ['#version = :read', { ':read': clearable.read.version }]
        : [CLEARABLE_UNREAD, { ':limit': clearable.failuresBelow, ':now': clearable.now }];
    const write = client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: userKey(userId),
        UpdateExpression: `ADD #version :one REMOVE #latest.#challengeId, failedRounds, lastFailureAt${
          hasOrders ? ', orders.#challengeId' : ''
        }`,
        ConditionExpression: `attribute_exists(#latest) AND ${condition}`,
        ExpressionAttributeNames: { ...NAMES, '#challengeId': challengeId },
        ExpressionAttributeValues: marshall({ ':one': 1, ...values }),
      }),
    );
    return (await unlessConditionFails(write)) !== undefined;
  },

  countFailure: async (userId, { challengeId, round, now, exhausted, limits, notice }) => {
    const { lockDuration, maxFailures } = limits;
    const threshold = failuresToLock(limits);
    const form = notice && noticeForm(notice, { challengeId, now, threshold });
    const withdrawal = exhausted ? ' REMOVE #latest.#challengeId' : '';
    const write = client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: userKey(userId),
        UpdateExpression: `ADD #version :one, failedRounds :round SET lastFailureAt = :now${form?.set ?? ''}${withdrawal}`,
        // From the threshold on, an answer counts only if it comes after the shortest lock, so no lock grows under itself.
        ConditionExpression:
          'attribute_exists(#latest) AND (attribute_not_exists(failedRounds) OR contains(failedRounds, :counted) OR ' +
          `size(failedRounds) < :threshold OR (size(failedRounds) < :most AND lastFailureAt <= :lockBegan))${form?.condition ?? ''}`,
        ExpressionAttributeNames: {
          ...NAMES,
          ...(exhausted && { '#challengeId': challengeId }),
          ...form?.names,
        },
        ExpressionAttributeValues: marshall({
          ':one': 1,
          ':now': now,
          ':round': new Set([round]),
          ':counted': round,
          ':threshold': threshold,
          ':most': maxFailures,
          ':lockBegan': now - lockDuration * 1000,
          ...form?.values,
        }),
        ReturnValues: 'ALL_NEW',
      }),
    );
    const { Attributes } = (await unlessConditionFails(write)) ?? {};
    return Attributes && toUserRecord(Attributes);
  },

  giveBack: async ({ userId, challengeId }, deliveries) => {
    for (const delivery of deliveries) {
      const write = client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: userKey(userId),
          UpdateExpression: 'ADD #version :one REMOVE orders.#challengeId.#delivery',
          ConditionExpression: 'attribute_exists(orders.#challengeId.#delivery)',
          ExpressionAttributeNames: {
            '#version': NAMES['#version'],
            '#challengeId': challengeId,
            '#delivery': String(delivery),
          },
          ExpressionAttributeValues: marshall({ ':one': 1 }),
        }),
      );
      await unlessConditionFails(write);
    }
  },

  unlock: async (userId, { version }, { mails }) => {
    const write = client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: userKey(userId),
        UpdateExpression: `ADD #version :one${
          mails ? ' SET orders = :none' : ''
        } REMOVE failedRounds, lastFailureAt, blockedUntil${mails ? ', sends' : ''}`,
        ConditionExpression: '#version = :read',
        ExpressionAttributeNames: { '#version': NAMES['#version'] },
        ExpressionAttributeValues: marshall({ ':one': 1, ':read': version, ...(mails && { ':none': {} }) }),
        ReturnValues: 'ALL_NEW',
      }),
    );
    const { Attributes } = (await unlessConditionFails(write)) ?? {};
    return Attributes && toUserRecord(Attributes);
  },
});
