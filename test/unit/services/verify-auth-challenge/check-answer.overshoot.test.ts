import { describe, expect, test } from 'vitest';
import { checkAnswer } from '../../../../services/verify-auth-challenge/check-answer.ts';
import { deriveCode } from '../../../../shared/domain/code.ts';
import { aChallengeTable, type ChallengeTable } from '../../../support/table/challenge-table.ts';
import {
  ADDRESS_KEY,
  aChallengeId,
  aClaimedDelivery,
  aRequest,
  CLIENT_ID,
  DEFAULT_LIMITS,
  EMAIL,
  KEY,
  NOW,
  SECOND,
  USER_ID,
} from '../../../support/table/challenges.ts';

// The challenge is written first and the user record second. So answers that arrive together at the threshold are judged by
// their challenges before the user record can lock. These tests state how many, on a real DynamoDB engine.

const MAX_ATTEMPTS = 5;
const LIVE = 3;
const CHALLENGES = Array.from({ length: LIVE }, (_, n) => aChallengeId(n));

const codeOf = (n: number) => deriveCode(KEY, { userId: USER_ID, challengeId: aChallengeId(n) }, 6);
const wrongFor = (n: number) => `${(Number(codeOf(n)[0]) + 1) % 10}${codeOf(n).slice(1)}`;

const check = (table: ChallengeTable, n: number, round: string, answer: string, at = NOW + SECOND) =>
  checkAnswer(
    {
      challenges: table.challenges,
      users: table.users,
      keyFor: async () => KEY,
      addressKey: async () => ADDRESS_KEY,
      measure: () => {},
      now: () => at,
      limits: { ...DEFAULT_LIMITS, maxAttempts: MAX_ATTEMPTS },
    },
    {
      userId: USER_ID,
      email: EMAIL,
      clientId: CLIENT_ID,
      challengeId: aChallengeId(n),
      round,
      attempts: 0,
      answer,
      requestId: `request of ${round}`,
      claims: {},
    },
  );

/** A user with several live challenges, and one wrong answer short of the lock. */
const atTheThreshold = async () => {
  const table = await aChallengeTable();
  for (const challengeId of CHALLENGES) {
    const userRecord = await table.users.readUserRecord(USER_ID);
    await table.users.claimDelivery(USER_ID, userRecord, aClaimedDelivery(userRecord, { challengeId }));
    await table.challenges.request(aRequest({ challengeId }));
  }
  const failure = { challengeId: aChallengeId(99), now: NOW, exhausted: false, limits: DEFAULT_LIMITS };
  for (let n = 1; n < DEFAULT_LIMITS.lockThreshold; n += 1)
    await table.users.countFailure(USER_ID, { ...failure, round: `before-${n}` });
  return table;
};

/** More answers to each challenge than it allows. */
const ANSWERS = 2 * MAX_ATTEMPTS;

const answerAllWrong = (table: ChallengeTable) =>
  Promise.all(
    CHALLENGES.flatMap((_, n) =>
      Array.from({ length: ANSWERS }, (_, k) => check(table, n, `${n}-${k}`, wrongFor(n))),
    ),
  );

describe('wrong answers to several live challenges, all at once, by a user who is one short of the lock', () => {
  test('are judged no more often than all these challenges allow, and lock once: the rest does not make the lock longer', async () => {
    await using table = await atTheThreshold();

    const outcomes = await answerAllWrong(table);

    const judged = outcomes.filter((outcome) => outcome !== 'closed').length;
    expect(judged).toBe(MAX_ATTEMPTS * LIVE);
    const { consecutiveFailures } = await table.users.readUserRecord(USER_ID);
    expect(consecutiveFailures).toBe(DEFAULT_LIMITS.lockThreshold);
  });

  test('leave the user locked: no right code is worth anything then', async () => {
    await using table = await atTheThreshold();

    await Promise.all([0, 1].map((n) => check(table, n, `wrong-${n}`, wrongFor(n))));

    expect(await check(table, 2, 'right', codeOf(2))).toBe('locked');
  });
});

test('a right code among wrong ones is refused where the lock came first, and otherwise clears what was counted', async () => {
  await using table = await atTheThreshold();

  const [right] = await Promise.all([
    check(table, 0, 'right', codeOf(0)),
    ...[1, 2].map((n) => check(table, n, `wrong-${n}`, wrongFor(n))),
  ]);

  const challenge = await table.challenges.read({ userId: USER_ID, challengeId: aChallengeId(0) });
  const { consecutiveFailures } = await table.users.readUserRecord(USER_ID);
  expect(challenge?.outcome).toBe('VERIFIED');
  expect(challenge?.events.REFUSED !== undefined).toBe(right === 'locked');
  if (right === 'locked') expect(consecutiveFailures).toBe(DEFAULT_LIMITS.lockThreshold);
  else expect(consecutiveFailures).toBeLessThanOrEqual(2);
});
