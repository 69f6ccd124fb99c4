/** What earlier sign-ins have left in a user's record. The store writes it, as they would, but they are not played. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientSettings } from '../../../local/system.ts';
import { LIMITS } from '../../../shared/domain/limits.ts';
import type { UserRecord } from '../../../shared/domain/policy.ts';
import { createUserStore, type UserStore } from '../../../shared/table/user-store.ts';
import { type TestSystem, type TestUser, userIdOf } from '../system/local-system.ts';

const userStore = ({ url, outputs }: TestSystem): UserStore =>
  createUserStore(new DynamoDBClient(clientSettings(url)), outputs.TableName ?? '');

/** The user's record. */
export const userRecordOf = async (system: TestSystem, user: TestUser): Promise<UserRecord> =>
  userStore(system).readUserRecord(await userIdOf(system, user));

const latestOf = ({ latest }: UserRecord) => {
  if (latest === undefined) throw new Error('The user is not signing in');
  return latest;
};

/** Writes that the user has given so many wrong codes. */
export const hadWrongCodes = async (system: TestSystem, user: TestUser, count: number): Promise<void> => {
  const [users, userId] = [userStore(system), await userIdOf(system, user)];
  const { challengeId } = latestOf(await users.readUserRecord(userId));
  const failure = {
    challengeId,
    now: system.clock.now(),
    exhausted: false,
    maxFailures: LIMITS.maxFailures.max,
  };
  for (let n = 1; n <= count; n += 1) await users.countFailure(userId, { ...failure, round: `earlier-${n}` });
};

/** Writes that the user has had so many mails, all of them just now. */
export const hadMails = async (system: TestSystem, user: TestUser, count: number): Promise<void> => {
  const [users, userId] = [userStore(system), await userIdOf(system, user)];
  const userRecord = await users.readUserRecord(userId);
  const latest = latestOf(userRecord);
  const sends = Array<number>(count).fill(system.clock.now());
  await users.claimDelivery(userId, userRecord, { kind: 'claim', ...latest, sends }, latest.claimedAt);
};
