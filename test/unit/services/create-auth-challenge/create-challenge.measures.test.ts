import { describe, expect, test } from 'vitest';
import { aChallenge, NOW, SECOND } from '../../../support/table/challenges.ts';
import { aCreator, CURRENT, MAILED } from './a-creator.ts';

describe('what is measured', () => {
  test('is a requested challenge, once', async () => {
    const creator = await aCreator();

    await creator.create();

    expect(creator.measured.sums()).toEqual({ ChallengeRequested: 1 });
  });

  test('is the first reuse of a mail, and no further one', async () => {
    const creator = await aCreator({ stored: [aChallenge()], userRecord: MAILED });

    await creator.create({ requestId: 'request-2' });
    await creator.create({ requestId: 'request-3' });

    expect(creator.measured.sums()).toEqual({ ChallengeReused: 1 });
    expect((await creator.stores.stored(CURRENT))?.events['1#REUSED']?.request).toBe('request-2');
  });

  test('is the request that a crash kept from being recorded', async () => {
    const creator = await aCreator({ userRecord: MAILED });

    await creator.create();

    expect(creator.measured.sums()).toEqual({ ChallengeRequested: 1 });
  });

  test('is a resend', async () => {
    const stored = [aChallenge()];
    const creator = await aCreator({ stored, userRecord: MAILED, now: NOW + 31 * SECOND });

    await creator.create({ call: 'resend', current: CURRENT });

    expect(creator.measured.sums()).toEqual({ ResendRequested: 1 });
  });
});

describe('a challenge whose user has another address now', () => {
  const MOVED = { addressHash: 'hash-of-the-new-address', email: 'alice@example.org' };
  const SITUATION = { stored: [aChallenge()], userRecord: MAILED };

  test('is closed before the next one is claimed, and both are measured', async () => {
    const creator = await aCreator(SITUATION);

    const { challenge, status } = await creator.create(MOVED);

    expect(status).toBe('NEW');
    expect(challenge.addressHash).toBe(MOVED.addressHash);
    expect((await creator.stores.stored(CURRENT))?.outcome).toBe('REPLACED');
    expect(creator.measured.sums()).toEqual({ ChallengeReplaced: 1, NeverMailed: 1, ChallengeRequested: 1 });
  });

  test('is measured although the response to its write was lost, and the SDK has tried again', async () => {
    const creator = await aCreator({ ...SITUATION, losesReplacement: true });

    await creator.create(MOVED);

    expect(creator.measured.sums()).toMatchObject({ ChallengeReplaced: 1, NeverMailed: 1 });
  });

  test('is measured once although the claim after it was lost to another write', async () => {
    const creator = await aCreator(SITUATION);
    let lost = 0;
    creator.stores.beforeUserWrite = async () => {
      lost += 1;
      if (lost === 1) await creator.stores.putUserRecord({ ...MAILED, version: MAILED.version + 1 });
    };

    await creator.create(MOVED);

    expect(lost).toBe(2);
    expect(creator.measured.sums()).toMatchObject({ ChallengeReplaced: 1, NeverMailed: 1 });
  });

  test('is not measured again by another request that comes too late', async () => {
    const creator = await aCreator(SITUATION);
    await creator.create(MOVED);
    await creator.stores.putUserRecord(MAILED);
    creator.measured.clear();

    await creator.create({ ...MOVED, requestId: 'request-2' });

    expect(creator.measured.sums()).not.toHaveProperty('ChallengeReplaced');
  });
});

test('keeps in the trail what the client says about itself, labelled as claimed', async () => {
  const creator = await aCreator();

  const { challenge } = await creator.create({ claims: { claimedIp: '192.0.2.7' } });

  expect(challenge.events['1#REQUESTED']).toMatchObject({ request: 'request-1', claimedIp: '192.0.2.7' });
});
