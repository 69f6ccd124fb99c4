/** What earlier sign-ins have left in a user's record. The store writes it, as they would, but they are not played. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientSettings } from '../../../local/system.ts';
import { newChallengeId } from '../../../shared/domain/challenge.ts';
import { LIMITS } from '../../../shared/domain/limits.ts';
import { addOrder } from '../../../shared/domain/orders.ts';
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
    limits: { lockThreshold: 100, lockDuration: 0, maxFailures: LIMITS.maxFailures.max },
  };
  for (let n = 1; n <= count; n += 1) await users.countFailure(userId, { ...failure, round: `earlier-${n}` });
};

/** Writes that the user has signed in so many times just now, each time with a mail and its right code. */
export const hadSignIns = async (system: TestSystem, user: TestUser, count: number): Promise<void> => {
  const [users, userId] = [userStore(system), await userIdOf(system, user)];
  for (let n = 0; n < count; n += 1) {
    const userRecord = await users.readUserRecord(userId);
    const now = system.clock.now();
    const mail = { challengeId: newChallengeId(now), delivery: 1 };
    const claim = { kind: 'claim', ...mail, addressHash: 'of an earlier sign-in', now } as const;
    await users.claimDelivery(userId, userRecord, { ...claim, ordered: addOrder(userRecord, mail, now) });
    await users.clearFailures(userId, mail.challengeId, { failuresBelow: 1, now });
  }
};

/** Writes that the user has had so many mails, the present one included, all of them just now. */
export const hadMails = async (system: TestSystem, user: TestUser, count: number): Promise<void> => {
  const [users, userId] = [userStore(system), await userIdOf(system, user)];
  const userRecord = await users.readUserRecord(userId);
  const latest = latestOf(userRecord);
  const now = latest.claimedAt;
  const times = Array.from({ length: count - 1 }, (_, n) => [`${n + 1}`, system.clock.now()] as const);
  const ordered = addOrder({ ...userRecord, orders: { earlier: Object.fromEntries(times) } }, latest, now);
  const claim = { kind: 'claim', ...latest, addressHash: latest.addressHash ?? '', now } as const;
  await users.claimDelivery(userId, userRecord, { ...claim, ordered });
};

/** Writes that so many mails were ordered for the user within the last day, of which none counts against other limits. */
export const hadOrders = async (system: TestSystem, user: TestUser, count: number): Promise<void> => {
  const [users, userId] = [userStore(system), await userIdOf(system, user)];
  const userRecord = await users.readUserRecord(userId);
  const latest = latestOf(userRecord);
  const now = latest.claimedAt;
  const ordered = { ...addOrder({ sends: [] }, latest, now), inDay: { since: now, count } };
  const claim = { kind: 'claim', ...latest, addressHash: latest.addressHash ?? '', now } as const;
  await users.claimDelivery(userId, userRecord, { ...claim, ordered });
};
