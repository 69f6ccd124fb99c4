/** The user's GUARD item. Verbs only: each method is one read or one atomic conditional write. */
import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { ChallengeId } from './challenge.ts';
import { MAX_CONSECUTIVE_FAILURES } from './limits.ts';
import type { DeliveryDecision, Guard } from './policy.ts';
import { guardKey, unlessConditionFails } from './table.ts';

export interface GuardStore {
  readGuard(userId: string): Promise<Guard>;
  /** Makes the decision's mail the latest one; answers false if the guard has changed since it was read. */
  claimDelivery(userId: string, guard: Guard, decision: DeliveryDecision, now: number): Promise<boolean>;
  /** A right code: the failure count starts again, and nobody is handed this challenge any more. */
  clearFailures(userId: string, challengeId: ChallengeId): Promise<void>;
  /** A wrong code, counted once per round however often it is reported; `exhausted` also withdraws the challenge. */
  countFailure(userId: string, failure: Failure): Promise<void>;
}

export interface Failure {
  readonly challengeId: ChallengeId;
  readonly round: string;
  readonly now: number;
  readonly exhausted: boolean;
}

// `latest` is a map with the challenge id as its only key, so that one write can withdraw this challenge and no other.
interface GuardItem {
  readonly version: number;
  readonly latest: Readonly<Record<string, { readonly delivery: number; readonly claimedAt: number }>>;
  /** The rounds that failed since the last right code: a set, so that Cognito's retry of a lost answer adds nothing. */
  readonly failedRounds?: ReadonlySet<string>;
}

const toGuard = ({ version, latest, failedRounds }: GuardItem): Guard => {
  const [newest] = Object.entries(latest);
  return {
    version,
    consecutiveFailures: failedRounds?.size ?? 0,
    ...(newest && { latest: { challengeId: newest[0] as ChallengeId, ...newest[1] } }),
  };
};

const NAMES = { '#version': 'version', '#latest': 'latest' } as const;

export const createGuardStore = (client: DynamoDBClient, tableName: string): GuardStore => ({
  readGuard: async (userId) => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key: guardKey(userId), ConsistentRead: true }),
    );
    return Item ? toGuard(unmarshall(Item) as GuardItem) : { version: 0, consecutiveFailures: 0 };
  },

  claimDelivery: async (userId, { version }, { challengeId, delivery }, now) => {
    const write = client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: guardKey(userId),
        UpdateExpression: 'SET #version = :next, #latest = :latest',
        ConditionExpression: version === 0 ? 'attribute_not_exists(pk)' : '#version = :read',
        ExpressionAttributeNames: NAMES,
        ExpressionAttributeValues: marshall({
          ':next': version + 1,
          ':latest': { [challengeId]: { delivery, claimedAt: now } },
          ...(version > 0 && { ':read': version }),
        }),
      }),
    );
    return (await unlessConditionFails(write)) !== undefined;
  },

  clearFailures: async (userId, challengeId) => {
    const write = client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: guardKey(userId),
        UpdateExpression: 'ADD #version :one REMOVE #latest.#challengeId, failedRounds, lastFailureAt',
        ConditionExpression: 'attribute_exists(#latest)',
        ExpressionAttributeNames: { ...NAMES, '#challengeId': challengeId },
        ExpressionAttributeValues: marshall({ ':one': 1 }),
      }),
    );
    await unlessConditionFails(write);
  },

  countFailure: async (userId, { challengeId, round, now, exhausted }) => {
    const withdrawal = exhausted ? ' REMOVE #latest.#challengeId' : '';
    const write = client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: guardKey(userId),
        UpdateExpression: `ADD #version :one, failedRounds :round SET lastFailureAt = :now${withdrawal}`,
        ConditionExpression:
          'attribute_exists(#latest) AND (attribute_not_exists(failedRounds) OR size(failedRounds) < :most)',
        ExpressionAttributeNames: { ...NAMES, ...(exhausted && { '#challengeId': challengeId }) },
        ExpressionAttributeValues: marshall({
          ':one': 1,
          ':now': now,
          ':round': new Set([round]),
          ':most': MAX_CONSECUTIVE_FAILURES,
        }),
      }),
    );
    await unlessConditionFails(write);
  },
});
