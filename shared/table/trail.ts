/** Reads the audit trail of one user, of one challenge, or of all users. The sign-in does not use it. */
import {
  type DynamoDBClient,
  GetItemCommand,
  paginateScan,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Challenge, ChallengeId, ChallengeRef } from '../domain/challenge.ts';
import { challengesOf, type Item, toChallenge } from './item.ts';
import { CHALLENGE_PREFIX, PARTITION_KEY, SORT_KEY, USER_PREFIX } from './keys.ts';
import { challengeKey } from './table.ts';

/** A range of request times in epoch milliseconds, both included. A missing end means no limit. */
interface TimeRange {
  readonly since?: number;
  readonly until?: number;
}

export interface UserTrail extends TimeRange {
  readonly userId: string;
  /** @default 'newestFirst' */
  readonly order?: 'newestFirst' | 'oldestFirst';
  /** The highest number of challenges to read. If it fits into one page, there is one call. */
  readonly limit?: number;
}

/** One page from DynamoDB: how many items it read, and how many of them are challenges that match. */
export interface TrailPage {
  readonly read: number;
  readonly found: number;
}

export type OnPage = (page: TrailPage) => void;

export interface Trail {
  /** Yields a user's challenges in the order of their requests. */
  ofUser(query: UserTrail, onPage?: OnPage): AsyncGenerator<Challenge, void>;
  /** Yields the challenges of all users, in the order of the table. It reads the whole table, even for a short range. */
  ofEveryone(range: TimeRange, onPage?: OnPage): AsyncGenerator<Challenge, void>;
  /** Reads one challenge with one call. */
  read(ref: ChallengeRef): Promise<Challenge | undefined>;
  /** Finds a challenge whose user is not known. It reads the table until it finds the challenge. */
  find(challengeId: ChallengeId, onPage?: OnPage): Promise<Challenge | undefined>;
}

/** The latest time that a UUIDv7 can hold. */
const MAX_TIME = 2 ** 48 - 1;

/** A sort key for a time. Challenge ids sort by time, because their first 48 bits are the time; `rest` follows them. */
const sortKeyAt = (time: number, rest: string): string => {
  const hex = Math.min(Math.max(0, Math.floor(time)), MAX_TIME)
    .toString(16)
    .padStart(12, '0');
  return `${CHALLENGE_PREFIX}${hex.slice(0, 8)}-${hex.slice(8)}-${rest}`;
};

const boundsOf = ({ since = 0, until = MAX_TIME }: TimeRange): Item => ({
  ':from': { S: sortKeyAt(since, '7000-8000-000000000000') },
  ':to': { S: sortKeyAt(until, '7fff-bfff-ffffffffffff') },
});

const isEmpty = ({ since = 0, until = MAX_TIME }: TimeRange): boolean => since > until;

export const createTrail = (client: DynamoDBClient, tableName: string): Trail => {
  const names = { '#sk': SORT_KEY };

  const scan = async function* (bounds: Item, onPage?: OnPage): AsyncGenerator<Challenge, void> {
    const input = {
      TableName: tableName,
      FilterExpression: '#sk BETWEEN :from AND :to',
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: bounds,
    };
    for await (const { Items, ScannedCount = 0 } of paginateScan({ client }, input)) {
      const found = challengesOf(Items);
      onPage?.({ read: ScannedCount, found: found.length });
      yield* found;
    }
  };

  return {
    ofUser: async function* ({ userId, order, limit = Number.POSITIVE_INFINITY, ...range }, onPage) {
      if (isEmpty(range)) return;
      const input: QueryCommandInput = {
        TableName: tableName,
        KeyConditionExpression: '#pk = :user AND #sk BETWEEN :from AND :to',
        ExpressionAttributeNames: { '#pk': PARTITION_KEY, ...names },
        ExpressionAttributeValues: { ':user': { S: `${USER_PREFIX}${userId}` }, ...boundsOf(range) },
        ScanIndexForward: order === 'oldestFirst',
      };
      let left = limit;
      let next: Item | undefined;
      // The SDK's paginator would ask for full pages, and for one more page than is needed.
      while (left > 0) {
        const {
          Items,
          ScannedCount = 0,
          LastEvaluatedKey,
        } = await client.send(
          new QueryCommand({
            ...input,
            ...(Number.isFinite(left) && { Limit: left }),
            ...(next && { ExclusiveStartKey: next }),
          }),
        );
        const found = challengesOf(Items);
        onPage?.({ read: ScannedCount, found: found.length });
        yield* found;
        left -= found.length;
        next = LastEvaluatedKey;
        if (next === undefined) return;
      }
    },
    ofEveryone: async function* (range, onPage) {
      if (!isEmpty(range)) yield* scan(boundsOf(range), onPage);
    },
    read: async (ref) => {
      const Key = challengeKey(ref.userId, ref.challengeId);
      const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key }));
      return Item && toChallenge(ref, Item);
    },
    find: async (challengeId, onPage) => {
      const key = { S: `${CHALLENGE_PREFIX}${challengeId}` };
      for await (const challenge of scan({ ':from': key, ':to': key }, onPage)) return challenge;
      return undefined;
    },
  };
};
