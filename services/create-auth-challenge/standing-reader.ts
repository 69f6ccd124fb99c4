/** Reads how a sign-in stands, with one call: the challenge that the user is answering, and the user's record. */
import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Challenge, ChallengeRef } from '../../shared/domain/challenge.ts';
import { NO_USER_RECORD, type UserRecord } from '../../shared/domain/policy.ts';
import { challengesOf, toUserRecord } from '../../shared/table/item.ts';
import { challengeKey, readChallengeKey, userKey } from '../../shared/table/table.ts';

export interface Standing {
  readonly challenge: Challenge | undefined;
  readonly userRecord: UserRecord;
}

export type ReadStanding = (ref: ChallengeRef) => Promise<Standing>;

/** DynamoDB returned only a part of the answer. A retry of Cognito asks again. */
export class StandingIncomplete extends Error {
  override readonly name = 'StandingIncomplete';
  constructor() {
    super('DynamoDB was too busy to return both items');
  }
}

/** A strongly consistent `ReadStanding` for this table. Throws `StandingIncomplete`. */
export const createReadStanding =
  (client: DynamoDBClient, tableName: string): ReadStanding =>
  async ({ userId, challengeId }) => {
    const Keys = [challengeKey(userId, challengeId), userKey(userId)];
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys, ConsistentRead: true } } }),
    );
    if (UnprocessedKeys?.[tableName] !== undefined) throw new StandingIncomplete();
    const items = Responses?.[tableName] ?? [];
    const record = items.find((item) => readChallengeKey(item) === undefined);
    return {
      challenge: challengesOf(items)[0],
      userRecord: record === undefined ? NO_USER_RECORD : toUserRecord(record),
    };
  };
