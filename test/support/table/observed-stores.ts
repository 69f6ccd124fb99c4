/** The stores on the real engine, with stored items of the test's choice, for tests of which calls are made in which order. */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import {
  createReadStanding,
  type ReadStanding,
} from '../../../services/create-auth-challenge/standing-reader.ts';
import type { Challenge, ChallengeId } from '../../../shared/domain/challenge.ts';
import { NO_USER_RECORD, type UserRecord } from '../../../shared/domain/policy.ts';
import type { ChallengeStore } from '../../../shared/table/challenge-store.ts';
import { openShardOf } from '../../../shared/table/keys.ts';
import { challengeKey, userKey } from '../../../shared/table/table.ts';
import type { UserStore } from '../../../shared/table/user-store.ts';
import { aChallengeTable } from './challenge-table.ts';
import { aChallengeId, USER_ID } from './challenges.ts';

export interface ObservedStores {
  readonly challenges: ChallengeStore;
  readonly users: UserStore;
  readonly readStanding: ReadStanding;
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

const challengeItem = ({ challengeId, userId, unclear: _unclear, ...attributes }: Challenge) => ({
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

const userItem = ({ consecutiveFailures, latest, notices = {}, ...attributes }: UserRecord) => {
  const rounds = Array.from({ length: consecutiveFailures }, (_, n) => `earlier-${n}`);
  const { challengeId, ...claim } = latest ?? {};
  return {
    ...userKey(USER_ID),
    ...marshall(
      {
        ...attributes,
        latest: challengeId === undefined ? {} : { [challengeId]: claim },
        failedRounds: rounds.length > 0 ? new Set(rounds) : undefined,
        ...Object.fromEntries(Object.entries(notices).map(([kind, last]) => [`noticedAt#${kind}`, last])),
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
  /** The same store, whose calls are noted by their names. */
  const observe = <Store extends object>(store: Store): Store =>
    Object.fromEntries(
      Object.entries(store).map(([name, call]) => [
        name,
        (...values: readonly unknown[]) => {
          calls.push(name);
          return call(...values);
        },
      ]),
    ) as Store;
  const observed: ObservedStores = {
    calls,
    beforeUserWrite: async () => {},
    stored: (challengeId = aChallengeId()) => table.challenges.read({ userId: USER_ID, challengeId }),
    userRecord: () => table.users.readUserRecord(USER_ID),
    putUserRecord: (next) => put(userItem(next)),
    challenges: {
      ...observe(table.challenges),
      consume: (answer, form) => {
        calls.push(`consume ${form}`);
        return table.challenges.consume(answer, form);
      },
      countAttempt: (answer, form) => {
        calls.push(`countAttempt ${form}`);
        return table.challenges.countAttempt(answer, form);
      },
      note: (ref, name, fact) => {
        calls.push(`note ${name}`);
        return table.challenges.note(ref, name, fact);
      },
    },
    users: {
      ...observe(table.users),
      claimDelivery: async (...claim) => {
        calls.push('claimDelivery');
        await observed.beforeUserWrite();
        return table.users.claimDelivery(...claim);
      },
      clearFailures: async (userId, challengeId, clearable) => {
        calls.push('read' in clearable ? 'clearFailures of version' : 'clearFailures');
        await observed.beforeUserWrite();
        return table.users.clearFailures(userId, challengeId, clearable);
      },
      countFailure: (userId, failure) => {
        const form = [failure.exhausted && 'exhausted', failure.notice].filter(Boolean);
        calls.push(['countFailure', ...form].join(' '));
        return table.users.countFailure(userId, failure);
      },
      unlock: async (...unlocking) => {
        calls.push('unlock');
        await observed.beforeUserWrite();
        return table.users.unlock(...unlocking);
      },
    },
    readStanding: (ref) => {
      calls.push('readStanding');
      return createReadStanding(table.client, table.tableName)(ref);
    },
  };
  return observed;
};
