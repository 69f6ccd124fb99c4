import { describe, expect, test } from 'vitest';
import { guardTokens } from '../../../services/guard-tokens/guard-tokens.ts';
import { createSpendStore } from '../../../services/guard-tokens/spend-store.ts';
import { createOpenChallenges } from '../../../services/sweep-challenges/open-challenges.ts';
import { sweep } from '../../../services/sweep-challenges/sweep.ts';
import { isLive } from '../../../shared/domain/challenge.ts';
import { standingOf, timelineOf } from '../../../shared/words/timeline.ts';
import { aClaim, anAnswer, CLIENT_ID, MINUTE, SECOND } from '../../support/table/challenges.ts';
import { anOldTable, OLD_STATES, type OldState, oldChallenge } from './an-old-table.ts';

// Challenges that the release c5286e8 has stored. They have no hash of an address, and their verification names no client.

const OPEN: readonly OldState[] = ['requested', 'mailed', 'answeredWrong', 'resent'];
const CLOSED = OLD_STATES.filter((state) => !OPEN.includes(state));

/** A time at which the challenge's code would work. */
const during = (state: OldState) => oldChallenge(state).expiresAt - MINUTE;

describe('an old challenge', () => {
  test.each(OPEN)('that is %s is live, and its code is right once', async (state) => {
    await using table = await anOldTable(state);
    const now = during(state);
    const answer = (round: string) => anAnswer({ ...table.ref, round, now, maxAttempts: 5 });

    expect(isLive(oldChallenge(state), now, 5)).toBe(true);
    expect(await table.challenges.consume(answer('round-a'), 'notLast')).toMatchObject({
      outcome: 'VERIFIED',
    });
    expect(await table.challenges.consume(answer('round-a'), 'notLast')).toMatchObject({
      outcome: 'VERIFIED',
    });
    expect(await table.challenges.consume(answer('round-b'), 'notLast')).toBeUndefined();
  });

  test.each(OPEN)('that is %s counts wrong answers on, up to the last', async (state) => {
    await using table = await anOldTable(state);
    const { attempts } = oldChallenge(state);
    const wrong = (n: number, form: 'notLast' | 'last') =>
      table.challenges.countAttempt(
        anAnswer({ ...table.ref, round: `round-${n}`, now: during(state), maxAttempts: 5 }),
        form,
      );

    for (let n = attempts; n < 4; n += 1)
      expect(await wrong(n, 'notLast')).toMatchObject({ attempts: n + 1 });
    expect(await wrong(4, 'notLast')).toBeUndefined();
    expect(await wrong(4, 'last')).toMatchObject({ attempts: 5, outcome: 'EXHAUSTED' });
  });

  test.each(CLOSED)('that is %s takes no answer, and no lease', async (state) => {
    await using table = await anOldTable(state);
    const now = during(state);

    expect(isLive(oldChallenge(state), now, 5)).toBe(false);
    for (const form of ['notLast', 'last'] as const) {
      expect(
        await table.challenges.consume(anAnswer({ ...table.ref, now, maxAttempts: 5 }), form),
      ).toBeUndefined();
    }
    expect(await table.challenges.claimLease(aClaim({ ...table.ref, now }))).toBeUndefined();
  });

  test.each(OLD_STATES)('that is %s is told in words', (state) => {
    const challenge = oldChallenge(state);

    expect(timelineOf(challenge).length).toBe(Object.keys(challenge.events).length);
    expect(standingOf(challenge, during(state))).not.toMatch(/undefined|NaN/);
  });
});

describe('the lease of an old challenge', () => {
  test('is given to a mail that has not left yet, and to no other', async () => {
    await using requested = await anOldTable('requested');
    await using mailed = await anOldTable('mailed');

    const leaseAt = (state: OldState) => aClaim({ ...oldChallenge(state), now: during(state) });
    expect(await requested.challenges.claimLease(leaseAt('requested'))).toBeDefined();
    expect(await mailed.challenges.claimLease(leaseAt('mailed'))).toBeUndefined();
  });
});

describe('the sweep', () => {
  test.each([
    ['mailed', 'EXPIRED'],
    ['requested', 'ORPHANED'],
  ] as const)('closes an old challenge that is %s as %s', async (state, outcome) => {
    await using table = await anOldTable(state);
    const deps = {
      challenges: createOpenChallenges(table.client, table.tableName),
      giveBack: table.users.giveBack,
      measure: () => {},
      now: () => oldChallenge(state).expiresAt + MINUTE,
      maxAttempts: 5,
    };

    await sweep(deps, { requestId: 'request-1', timeLeft: () => MINUTE });

    expect(await table.challenges.read(table.ref)).toMatchObject({ outcome });
    expect(await table.userItem(table.ref.userId)).toMatchObject({ sends: [expect.any(Number)] });
  });
});

describe('guard-tokens', () => {
  const guardAt = async (state: OldState, seconds: number, fact: string) => {
    await using table = await anOldTable(state);
    const spends = createSpendStore(table.client, table.tableName);
    const now = Date.parse(oldChallenge(state).events[fact]?.at ?? '') + seconds * SECOND;
    const request = { userId: table.ref.userId, clientId: CLIENT_ID, requestId: 'request-1' };
    return (await guardTokens({ spends, measure: () => {}, now: () => now }, request)).kind;
  };

  test('gives any client tokens for an old verification, for its sixty seconds', async () => {
    expect(await guardAt('verified', 60, 'VERIFIED')).toBe('issued');
    expect(await guardAt('verified', 61, 'VERIFIED')).toBe('notVerified');
  });

  test('gives them again while Cognito repeats its call, and then no more', async () => {
    expect(await guardAt('spent', 15, 'TOKENS_ISSUED')).toBe('repeated');
    expect(await guardAt('spent', 16, 'TOKENS_ISSUED')).toBe('spent');
  });
});
