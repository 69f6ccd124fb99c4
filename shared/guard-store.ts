/** The user's GUARD item. Verbs only: each method is one read or one atomic conditional write. */
import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { ChallengeId } from './challenge.ts';
import type { DeliveryDecision, Guard } from './policy.ts';
import { guardKey, unlessConditionFails } from './table.ts';

export interface GuardStore {
  readGuard(userId: string): Promise<Guard>;
  /** Makes the decision's mail the latest one; answers false if the guard has changed since it was read. */
  claimDelivery(userId: string, guard: Guard, decision: DeliveryDecision, now: number): Promise<boolean>;
  /** A right code: the failure count starts again, and nobody is handed this challenge any more. */
  clearFailures(userId: string, challengeId: ChallengeId): Promise<void>;
  /** A wrong code, counted once per round; `exhausted` also withdraws the challenge. */
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
  readonly consecutiveFailures?: number;
}

const toGuard = ({ version, latest, consecutiveFailures = 0 }: GuardItem): Guard => {
  const [newest] = Object.entries(latest);
  return {
    version,
    consecutiveFailures,
    ...(newest && { latest: { challengeId: newest[0] as ChallengeId, ...newest[1] } }),
  };
};

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
        ExpressionAttributeNames: { '#version': 'version', '#latest': 'latest' },
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
        UpdateExpression:
          'ADD #version :one SET consecutiveFailures = :zero REMOVE #latest.#challengeId, lastFailureAt, lastFailureRound',
        ConditionExpression: 'attribute_exists(#latest)',
        ExpressionAttributeNames: {
          '#version': 'version',
          '#latest': 'latest',
          '#challengeId': challengeId,
        },
        ExpressionAttributeValues: marshall({ ':one': 1, ':zero': 0 }),
      }),
    );
    await unlessConditionFails(write);
  },

  countFailure: async (userId, { challengeId, round, now, exhausted }) => {
    const write = client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: guardKey(userId),
        UpdateExpression: `ADD #version :one, consecutiveFailures :one SET lastFailureAt = :now, lastFailureRound = :round${
          exhausted ? ' REMOVE #latest.#challengeId' : ''
        }`,
        // The round is compared so that Cognito's retry of a lost answer is not counted twice.
        ConditionExpression:
          'attribute_exists(#latest) AND (attribute_not_exists(lastFailureRound) OR lastFailureRound <> :round)',
        ExpressionAttributeNames: {
          '#version': 'version',
          '#latest': 'latest',
          ...(exhausted && { '#challengeId': challengeId }),
        },
        ExpressionAttributeValues: marshall({ ':one': 1, ':now': now, ':round': round }),
      }),
    );
    await unlessConditionFails(write);
  },
});
