import { describe, expect, test } from 'vitest';
import { type AnswerRequest, checkAnswer } from '../../../../services/verify-auth-challenge/check-answer.ts';
import { deriveCode } from '../../../../shared/domain/code.ts';
import { NO_USER_RECORD } from '../../../../shared/domain/policy.ts';
import { aChallengeTable, type ChallengeTable } from '../../../support/table/challenge-table.ts';
import {
  ADDRESS_KEY,
  aClaimedDelivery,
  aRequest,
  CLIENT_ID,
  DEFAULT_LIMITS,
  EMAIL,
  KEY,
  NOW,
  REF,
  SECOND,
  USER_ID,
} from '../../../support/table/challenges.ts';

// Answers that arrive at the same time, on a real DynamoDB engine.

const MAX_ATTEMPTS = 5;
const CODE = deriveCode(KEY, REF, 6);
const WRONG = CODE === '000000' ? '000001' : '000000';

const aTableWithChallenge = async () => {
  const table = await aChallengeTable();
  await table.users.claimDelivery(USER_ID, NO_USER_RECORD, aClaimedDelivery());
  await table.challenges.request(aRequest());
  return table;
};

const check = ({ challenges, users }: ChallengeTable, changes: Partial<AnswerRequest>) =>
  checkAnswer(
    {
      challenges,
      users,
      keyFor: async () => KEY,
      addressKey: async () => ADDRESS_KEY,
      measure: () => {},
      now: () => NOW + SECOND,
      limits: { ...DEFAULT_LIMITS, maxAttempts: MAX_ATTEMPTS },
    },
    {
      ...REF,
      email: EMAIL,
      clientId: CLIENT_ID,
      round: 'round-1',
      attempts: 0,
      answer: WRONG,
      requestId: `request of ${changes.round}`,
      claims: {},
      ...changes,
    },
  );

const rounds = (count: number) => Array.from({ length: count }, (_, n) => `round-${n}`);

/** How often each outcome came up. */
const tally = (outcomes: readonly string[]) => {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
};

describe('fifty concurrent wrong answers', () => {
  test('count as no more attempts than are allowed, and exhaust the challenge once', async () => {
    await using table = await aTableWithChallenge();

    const outcomes = await Promise.all(rounds(50).map((round) => check(table, { round })));

    expect(tally(outcomes)).toEqual({ wrong: MAX_ATTEMPTS - 1, exhausted: 1, closed: 50 - MAX_ATTEMPTS });
    const challenge = await table.challenges.read(REF);
    expect(challenge).toMatchObject({ attempts: MAX_ATTEMPTS, outcome: 'EXHAUSTED' });
    const facts = Object.keys(challenge?.events ?? {});
    expect(facts.filter((name) => name.startsWith('attempt#'))).toHaveLength(MAX_ATTEMPTS);
    expect(facts).toContain('EXHAUSTED');
  });

  test('raise the user’s failures by as many as were counted, and withdraw the challenge', async () => {
    await using table = await aTableWithChallenge();

    await Promise.all(rounds(50).map((round) => check(table, { round })));

    const userRecord = await table.users.readUserRecord(USER_ID);
    expect(userRecord.consecutiveFailures).toBe(MAX_ATTEMPTS);
    expect(userRecord.latest).toBeUndefined();
  });

  test('leave nothing for the right code that comes after them', async () => {
    await using table = await aTableWithChallenge();
    await Promise.all(rounds(50).map((round) => check(table, { round })));

    const outcome = await check(table, { round: 'last', answer: CODE });

    expect(outcome).toBe('closed');
  });
});

test('lets exactly one of eight concurrent right answers in', async () => {
  await using table = await aTableWithChallenge();

  const outcomes = await Promise.all(rounds(8).map((round) => check(table, { round, answer: CODE })));

  expect(tally(outcomes)).toEqual({ verified: 1, closed: 7 });
});

test('lets at most one right answer in among wrong ones, and never counts more than is allowed', async () => {
  await using table = await aTableWithChallenge();

  const outcomes = await Promise.all(
    rounds(30).map((round, n) => check(table, { round, answer: n % 10 === 4 ? CODE : WRONG })),
  );

  const challenge = await table.challenges.read(REF);
  expect(outcomes.filter((outcome) => outcome === 'verified').length).toBeLessThanOrEqual(1);
  expect(challenge?.attempts).toBeLessThanOrEqual(MAX_ATTEMPTS);
  expect(['VERIFIED', 'EXHAUSTED']).toContain(challenge?.outcome);
});

// Cognito promises that a session accepts one answer, but the service must not depend on that.
describe('several answers of one round', () => {
  test('are one guess: whatever comes after a wrong one is wrong, the right code included', async () => {
    await using table = await aTableWithChallenge();

    const outcomes = [await check(table, {}), await check(table, { answer: CODE })];

    expect(outcomes).toEqual(['wrong', 'wrong']);
    const challenge = await table.challenges.read(REF);
    expect(challenge?.attempts).toBe(1);
    expect(challenge?.outcome).toBeUndefined();
    expect((await table.users.readUserRecord(USER_ID)).consecutiveFailures).toBe(1);
  });

  test('are wrong after a wrong one also where it was the last attempt but one', async () => {
    await using table = await aTableWithChallenge();
    for (const round of ['a', 'b', 'c', 'd']) await check(table, { round });

    const outcome = await check(table, { round: 'd', answer: CODE });

    expect(outcome).toBe('wrong');
    expect((await table.challenges.read(REF))?.outcome).toBeUndefined();
  });

  test.each([0, 25])(
    'are one guess when they come at once, the right one among them (at %i)',
    async (place) => {
      await using table = await aTableWithChallenge();

      const outcomes = await Promise.all(
        Array.from({ length: 50 }, (_, n) => check(table, { answer: n === place ? CODE : WRONG })),
      );

      const challenge = await table.challenges.read(REF);
      const isVerified = challenge?.outcome === 'VERIFIED';
      expect(tally(outcomes)).toEqual(isVerified ? { verified: 1, closed: 49 } : { wrong: 50 });
      expect(challenge?.attempts).toBe(isVerified ? 0 : 1);
    },
  );
});

describe('Cognito’s repetition of a call whose answer it lost', () => {
  test('counts one wrong answer once, in the challenge and in the user record', async () => {
    await using table = await aTableWithChallenge();

    const outcomes = await Promise.all(Array.from({ length: 8 }, () => check(table, {})));

    expect(tally(outcomes)).toEqual({ wrong: 8 });
    expect((await table.challenges.read(REF))?.attempts).toBe(1);
    expect((await table.users.readUserRecord(USER_ID)).consecutiveFailures).toBe(1);
  });

  const twoRoundsAndARepetition = async (table: ChallengeTable) => {
    for (const round of ['a', 'b', 'a']) await check(table, { round });
  };

  test('counts once in the challenge, also where the answer of another round came in between', async () => {
    await using table = await aTableWithChallenge();

    await twoRoundsAndARepetition(table);

    expect((await table.challenges.read(REF))?.attempts).toBe(2);
  });

  test('counts once in the user record, also where the answer of another round came in between', async () => {
    await using table = await aTableWithChallenge();

    await twoRoundsAndARepetition(table);

    expect((await table.users.readUserRecord(USER_ID)).consecutiveFailures).toBe(2);
  });

  test('returns the same to the round that exhausted the challenge', async () => {
    await using table = await aTableWithChallenge();
    for (const [attempts, round] of rounds(MAX_ATTEMPTS).entries()) await check(table, { round, attempts });

    const again = await check(table, { round: `round-${MAX_ATTEMPTS - 1}`, attempts: MAX_ATTEMPTS - 1 });

    expect(again).toBe('exhausted');
    expect((await table.users.readUserRecord(USER_ID)).consecutiveFailures).toBe(MAX_ATTEMPTS);
  });

  test('returns the same for a right code', async () => {
    await using table = await aTableWithChallenge();

    const outcomes = [await check(table, { answer: CODE }), await check(table, { answer: CODE })];

    expect(outcomes).toEqual(['verified', 'verified']);
  });
});
