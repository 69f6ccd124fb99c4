/** The stores on the real engine, with stored items of the test's choice, for tests of which calls are made in which order. */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Challenge, ChallengeId } from '../../../shared/domain/challenge.ts';
import { NO_USER_RECORD, type UserRecord } from '../../../shared/domain/policy.ts';
import type { ChallengeStore } from '../../../shared/table/challenge-store.ts';
import { challengeKey, openShardOf, userKey } from '../../../shared/table/table.ts';
import type { UserStore } from '../../../shared/table/user-store.ts';
import { aChallengeTable } from './challenge-table.ts';
import { aChallengeId, USER_ID } from './challenges.ts';

export interface ObservedStores {
  readonly challenges: ChallengeStore;
  readonly users: UserStore;
  /** The calls so far, by method name. */
  readonly calls: string[];
  /** Runs before each write to the user record that a concurrent request of the same user could spoil. */
  beforeUserWrite: () => Promise<void>;
  /** The test user's first challenge, or the one with this id, as it is stored. */
  stored(challengeId?: ChallengeId): Promise<Challenge | undefined>;
  /** The test user's record as it is stored. */
  userRecord(): Promise<UserRecord>;
  putUserRecord(userRecord: UserRecord): Promise<void>;
}

const challengeItem = ({ challengeId, userId, ...attributes }: Challenge) => ({
  ...challengeKey(userId, challengeId),
  ...marshall(
    {
      ...attributes,
      openShard: attributes.outcome === undefined ? openShardOf(challengeId) : undefined,
      verifiedRound: attributes.outcome === 'VERIFIED' ? attributes.events.VERIFIED?.round : undefined,
    },
    { removeUndefinedValues: true },
  ),
});

const userItem = ({ version, sends, consecutiveFailures, lastFailureAt, latest }: UserRecord) => {
  const rounds = Array.from({ length: consecutiveFailures }, (_, n) => `earlier-${n}`);
  const { challengeId, ...claim } = latest ?? {};
  return {
    ...userKey(USER_ID),
    ...marshall(
      {
        version,
        sends,
        lastFailureAt,
        latest: challengeId === undefined ? {} : { [challengeId]: claim },
        failedRounds: rounds.length > 0 ? new Set(rounds) : undefined,
      },
      { removeUndefinedValues: true },
    ),
  };
};

/** Stores in which the test user has these challenges and this user record. */
export const observedStores = async (
  challenges: readonly Challenge[] = [],
  userRecord: UserRecord = NO_USER_RECORD,
): Promise<ObservedStores> => {
  const table = await aChallengeTable();
  const put = async (Item: ReturnType<typeof userItem>) => {
    await table.client.send(new PutItemCommand({ TableName: table.tableName, Item }));
  };
  for (const challenge of challenges) await put(challengeItem(challenge));
  if (userRecord.version > 0) await put(userItem(userRecord));

  const calls: string[] = [];
  const observed: ObservedStores = {
    calls,
    beforeUserWrite: async () => {},
    stored: (challengeId = aChallengeId()) => table.challenges.read({ userId: USER_ID, challengeId }),
    userRecord: () => table.users.readUserRecord(USER_ID),
    putUserRecord: (next) => put(userItem(next)),
    challenges: {
      read: (ref) => {
        calls.push('read');
        return table.challenges.read(ref);
      },
      request: (request) => {
        calls.push('request');
        return table.challenges.request(request);
      },
      reuse: (request) => {
        calls.push('reuse');
        return table.challenges.reuse(request);
      },
      consume: (answer, attempt) => {
        calls.push(`consume ${attempt}`);
        return table.challenges.consume(answer, attempt);
      },
      countAttempt: (answer, attempt) => {
        calls.push(`countAttempt ${attempt}`);
        return table.challenges.countAttempt(answer, attempt);
      },
      note: (ref, name, fact) => {
        calls.push(`note ${name}`);
        return table.challenges.note(ref, name, fact);
      },
      claimLease: (claim) => {
        calls.push('claimLease');
        return table.challenges.claimLease(claim);
      },
    },
    users: {
      readUserRecord: (userId) => {
        calls.push('readUserRecord');
        return table.users.readUserRecord(userId);
      },
      claimDelivery: async (...claim) => {
        calls.push('claimDelivery');
        await observed.beforeUserWrite();
        return table.users.claimDelivery(...claim);
      },
      clearFailures: async (userId, challengeId, clearable) => {
        calls.push('version' in clearable ? 'clearFailures of version' : 'clearFailures');
        await observed.beforeUserWrite();
        return table.users.clearFailures(userId, challengeId, clearable);
      },
      countFailure: (userId, failure) => {
        calls.push(failure.exhausted ? 'countFailure exhausted' : 'countFailure');
        return table.users.countFailure(userId, failure);
      },
      unlock: async (...unlocking) => {
        calls.push('unlock');
        await observed.beforeUserWrite();
        return table.users.unlock(...unlocking);
      },
    },
  };
  return observed;
};
