import { describe, expect, test } from 'vitest';
import { NO_USER_RECORD, type UserRecord } from '../../../../shared/domain/policy.ts';
import { GuardContended } from '../../../../shared/table/user-store.ts';
import { aChallenge, aFact, MINUTE, NOW, SECOND } from '../../../support/table/challenges.ts';
import { aVerifier, CODE, USER_RECORD } from './a-verifier.ts';

const AT = NOW + SECOND;

const failed = (consecutiveFailures: number, lastFailureAt = NOW): UserRecord => ({
  ...USER_RECORD,
  version: 7,
  consecutiveFailures,
  lastFailureAt,
});

describe('a right code', () => {
  test('of a user who is locked is refused, uses the challenge up, and leaves the count as it is', async () => {
    const verifier = await aVerifier([aChallenge()], failed(20));

    expect(await verifier.check({ answer: CODE })).toBe('locked');

    const { outcome, events } = (await verifier.stores.stored()) ?? expect.unreachable();
    expect(outcome).toBe('VERIFIED');
    expect(events.REFUSED).toMatchObject({
      at: new Date(AT).toISOString(),
      until: new Date(NOW + 15 * MINUTE).toISOString(),
    });
    expect((await verifier.stores.userRecord()).consecutiveFailures).toBe(20);
    expect(verifier.measured.sums()).toMatchObject({ RefusedLocked: 1 });
  });

  test('of a user who is locked for good is refused also where the ceiling is below the threshold', async () => {
    const verifier = await aVerifier([aChallenge()], failed(5));
    const limits = { ...verifier.deps.limits, lockThreshold: 20, maxFailures: 5 };

    expect(await verifier.check({ answer: CODE }, { limits })).toBe('locked');

    expect((await verifier.stores.userRecord()).consecutiveFailures).toBe(5);
  });

  test('of a user without a record is right: nobody has counted anything', async () => {
    const verifier = await aVerifier([aChallenge()], NO_USER_RECORD);

    expect(await verifier.check({ answer: CODE })).toBe('verified');
  });

  test('of a user who is locked for good says that only unlocking helps', async () => {
    const verifier = await aVerifier([aChallenge()], failed(100));

    expect(await verifier.check({ answer: CODE })).toBe('locked');

    expect((await verifier.stores.stored())?.events.REFUSED).toMatchObject({ until: 'unlocked' });
  });

  test('when the lock is over is right, and the count starts again', async () => {
    const verifier = await aVerifier([aChallenge()], failed(20, AT - 15 * MINUTE));

    expect(await verifier.check({ answer: CODE })).toBe('verified');

    expect((await verifier.stores.userRecord()).consecutiveFailures).toBe(0);
    expect((await verifier.stores.stored())?.events).not.toHaveProperty('REFUSED');
  });

  test('is right where another answer of the same user comes in between, and is looked at again', async () => {
    const verifier = await aVerifier([aChallenge()], failed(20, AT - 15 * MINUTE));
    let raced = false;
    verifier.stores.beforeUserWrite = async () => {
      if (raced || verifier.calls.at(-1) !== 'clearFailures of version') return;
      raced = true;
      await verifier.stores.putUserRecord({ ...(await verifier.stores.userRecord()), version: 8 });
    };

    expect(await verifier.check({ answer: CODE })).toBe('verified');

    expect(raced).toBe(true);
    expect((await verifier.stores.userRecord()).consecutiveFailures).toBe(0);
  });

  test('gives no token while the user record keeps changing', async () => {
    const verifier = await aVerifier([aChallenge()], failed(20, AT - 15 * MINUTE));
    verifier.stores.beforeUserWrite = async () => {
      const userRecord = await verifier.stores.userRecord();
      await verifier.stores.putUserRecord({ ...userRecord, version: userRecord.version + 1 });
    };

    await expect(verifier.check({ answer: CODE })).rejects.toThrow(GuardContended);
  });

  test('that was refused stays refused when Cognito asks again, also after the lock', async () => {
    const events = { VERIFIED: aFact(NOW, { round: 'round-1' }), REFUSED: aFact() };
    const verifier = await aVerifier(
      [aChallenge({ outcome: 'VERIFIED', events })],
      failed(20, AT - 15 * MINUTE),
    );

    expect(await verifier.check({ answer: CODE })).toBe('locked');

    expect((await verifier.stores.userRecord()).consecutiveFailures).toBe(20);
  });
});

describe('a wrong code', () => {
  test.each([
    [18, undefined],
    [19, 15],
    // The lock is over, and the next answer doubles it.
    [20, 30, AT - 15 * MINUTE],
  ])(
    'after %i others locks for %s minutes, and the challenge says so',
    async (before, minutes, lastFailureAt = AT) => {
      const verifier = await aVerifier([aChallenge()], failed(before, lastFailureAt));

      expect(await verifier.check()).toBe('wrong');

      const { LOCKED } = (await verifier.stores.stored())?.events ?? {};
      expect(LOCKED?.until).toBe(minutes && new Date(AT + minutes * MINUTE).toISOString());
      expect(verifier.measured.sums()).toEqual({ AnswerWrong: 1, ...(minutes && { UserLocked: 1 }) });
    },
  );

  test('that is reported again does not measure the lock again', async () => {
    const verifier = await aVerifier([aChallenge()], failed(19));
    await verifier.check();

    await verifier.check({ requestId: 'request-2' });

    expect(verifier.measured.sums()).toMatchObject({ UserLocked: 1 });
  });
});
