/** What earlier sign-ins have left of a user who is signing in: written by the store, as they would, without playing them. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientSettings } from '../../../local/system.ts';
import { LIMITS } from '../../../shared/domain/limits.ts';
import type { Guard } from '../../../shared/domain/policy.ts';
import { createGuardStore, type GuardStore } from '../../../shared/table/guard-store.ts';
import { type TestSystem, type TestUser, userIdOf } from '../system/local-system.ts';

const guardStore = ({ url, outputs }: TestSystem): GuardStore =>
  createGuardStore(new DynamoDBClient(clientSettings(url)), outputs.TableName ?? '');

/** What spans the user's sign-ins. */
export const guardOf = async (system: TestSystem, user: TestUser): Promise<Guard> =>
  guardStore(system).readGuard(await userIdOf(system, user));

const latestOf = ({ latest }: Guard) => {
  if (latest === undefined) throw new Error('The user is not signing in');
  return latest;
};

/** The user has given so many wrong codes. */
export const hadWrongCodes = async (system: TestSystem, user: TestUser, count: number): Promise<void> => {
  const [guards, userId] = [guardStore(system), await userIdOf(system, user)];
  const { challengeId } = latestOf(await guards.readGuard(userId));
  const failure = {
    challengeId,
    now: system.clock.now(),
    exhausted: false,
    maxFailures: LIMITS.maxFailures.max,
  };
  for (let n = 1; n <= count; n += 1)
    await guards.countFailure(userId, { ...failure, round: `earlier-${n}` });
};

/** The user has had so many mails, all of them just now. */
export const hadMails = async (system: TestSystem, user: TestUser, count: number): Promise<void> => {
  const [guards, userId] = [guardStore(system), await userIdOf(system, user)];
  const guard = await guards.readGuard(userId);
  const latest = latestOf(guard);
  const sends = Array<number>(count).fill(system.clock.now());
  await guards.claimDelivery(userId, guard, { kind: 'claim', ...latest, sends }, latest.claimedAt);
};
