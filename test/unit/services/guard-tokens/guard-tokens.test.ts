import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guardTokens } from '../../../../services/guard-tokens/guard-tokens.ts';
import { aChallengeTable, type ChallengeTable } from '../../../support/table/challenge-table.ts';
import { aChallengeId, aFact, anAnswer, CLIENT_ID, NOW, SECOND } from '../../../support/table/challenges.ts';
import { type TokenUser, usersOf, VERIFIED_AT } from './a-token-user.ts';

let table: ChallengeTable;
let aUser: () => TokenUser;
beforeAll(async () => {
  table = await aChallengeTable();
  aUser = usersOf(table);
});
afterAll(() => table[Symbol.asyncDispose]());

describe('tokens are given', () => {
  test('for a challenge that was just verified, once, and the trail says so', async () => {
    const { guard, verify, factsOf, measured } = aUser();
    const challengeId = await verify(0);

    const outcome = await guard(VERIFIED_AT + SECOND);

    expect(outcome).toEqual({ kind: 'issued', challengeId });
    expect((await factsOf(0)).TOKENS_ISSUED).toEqual({
      at: new Date(VERIFIED_AT + SECOND).toISOString(),
      by: 'guard-tokens',
      request: `request-${VERIFIED_AT + SECOND}`,
      client: CLIENT_ID,
    });
    expect(measured.sums()).toEqual({ TokensIssued: 1 });
  });

  test('again for Cognito’s repeated calls, five seconds apart, which are not counted', async () => {
    const { guard, verify, measured } = aUser();
    await verify(0);

    await guard(VERIFIED_AT + SECOND);
    const second = await guard(VERIFIED_AT + 6 * SECOND);
    const third = await guard(VERIFIED_AT + 12 * SECOND);

    expect([second.kind, third.kind]).toEqual(['repeated', 'repeated']);
    expect(measured.sums()).toEqual({ TokensIssued: 1 });
  });

  test('again for Cognito’s third call, which begins more than 10 seconds after the first', async () => {
    const { guard, verify } = aUser();
    await verify(0);

    const calls = [0, 5.1, 10.2].map((seconds) => () => guard(VERIFIED_AT + seconds * SECOND));
    const kinds: string[] = [];
    for (const call of calls) kinds.push((await call()).kind);

    expect(kinds).toEqual(['issued', 'repeated', 'repeated']);
  });

  test.each([1, 10])(
    'again after %i seconds, although a newer challenge was spent long ago',
    async (seconds) => {
      const { guard, request, verify, consume } = aUser();
      await request(0);
      await verify(1);
      await guard(VERIFIED_AT);
      const later = VERIFIED_AT + 20 * SECOND;
      await consume(0, later);
      await guard(later);

      expect(await guard(later + seconds * SECOND)).toEqual({
        kind: 'repeated',
        challengeId: aChallengeId(0),
      });
    },
  );

  test('for each of two sign-ins at once, whose challenges are both verified', async () => {
    const { guard, verify } = aUser();
    const first = await verify(0);
    const second = await verify(1);

    const outcomes = [await guard(VERIFIED_AT + SECOND), await guard(VERIFIED_AT + 2 * SECOND)];

    expect(outcomes.map(({ kind }) => kind)).toEqual(['issued', 'issued']);
    expect(outcomes.map(({ challengeId }) => challengeId).toSorted()).toEqual([first, second].toSorted());
  });

  test('although a newer challenge is still open', async () => {
    const { guard, verify, request } = aUser();
    const challengeId = await verify(0);
    await request(1);

    expect(await guard(VERIFIED_AT + SECOND)).toEqual({ kind: 'issued', challengeId });
  });
});

describe('tokens are refused', () => {
  test('where nothing was ever asked for', async () => {
    const { guard, measured } = aUser();

    expect(await guard(NOW)).toEqual({ kind: 'notVerified' });
    expect(measured.sums()).toEqual({ TokensRefused: 1 });
  });

  test('where the code was not given, and the trail of the newest challenge says so', async () => {
    const { guard, request, factsOf } = aUser();
    const challengeId = await request(0);

    expect(await guard(NOW + SECOND)).toEqual({ kind: 'notVerified', challengeId });
    expect(await factsOf(0)).toHaveProperty('TOKENS_REFUSED');
  });

  test.each([
    ['was verified in an earlier sign-in', 61, 'notVerified'],
    ['was spent 16 seconds ago', 17, 'spent'],
  ])('for a challenge that %s', async (_, seconds, kind) => {
    const { guard, verify, measured } = aUser();
    await verify(0);
    if (kind === 'spent') await guard(VERIFIED_AT + SECOND);
    measured.clear();

    expect((await guard(VERIFIED_AT + seconds * SECOND)).kind).toBe(kind);
    expect(measured.sums()).toEqual({ TokensRefused: 1 });
  });

  test('for an old challenge that somebody who may write the trail has made look as if it were just verified', async () => {
    const { userId, guard, request } = aUser();
    const challengeId = await request(0);
    const later = NOW + 48 * 3600 * SECOND;
    const answer = { userId, challengeId, now: VERIFIED_AT, fact: aFact(later, { client: CLIENT_ID }) };
    await table.challenges.consume(anAnswer(answer), 'notLast');

    expect((await guard(later + SECOND)).kind).toBe('notVerified');
  });

  test('for a challenge that turns out to be worth nothing just before it is spent', async () => {
    const { userId, spends, verify } = aUser();
    const challengeId = await verify(0);
    const overtaken: typeof spends = {
      ...spends,
      newest: async function* (of) {
        for await (const page of spends.newest(of)) {
          await table.challenges.note({ userId, challengeId }, 'REFUSED', aFact(VERIFIED_AT));
          yield page;
        }
      },
    };

    const outcome = await guardTokens(
      { spends: overtaken, measure: () => {}, now: () => VERIFIED_AT },
      { userId, clientId: CLIENT_ID, requestId: 'request-1' },
    );

    expect(outcome).toEqual({ kind: 'spent', challengeId });
  });

  test('for another user’s challenge', async () => {
    const other = aUser();
    await other.verify(0);

    expect((await aUser().guard(VERIFIED_AT + SECOND)).kind).toBe('notVerified');
  });

  test('to all but one of eight calls at once, save those of the same moment', async () => {
    const { guard, verify, measured } = aUser();
    await verify(0);

    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, n) => guard(VERIFIED_AT + SECOND, { requestId: `request-${n}` })),
    );

    expect(outcomes.filter(({ kind }) => kind === 'issued')).toHaveLength(1);
    expect(measured.sums()).toEqual({ TokensIssued: 1 });
  });
});
