import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { challengeKey } from '../../../../../shared/table/table.ts';
import { aTableWithChallenge } from '../../../../support/table/challenge-table.ts';
import {
  aChallengeId,
  anAnswer,
  MINUTE,
  NOW,
  REF,
  SECOND,
  USER_ID,
} from '../../../../support/table/challenges.ts';

// Which answers verify a challenge or count, on a real DynamoDB engine.

const EXPIRY = NOW + 5 * MINUTE;

test('lets exactly one of eight concurrent right answers verify a challenge', async () => {
  await using table = await aTableWithChallenge();
  const rounds = Array.from({ length: 8 }, (_, i) => `round-${i}`);

  const results = await Promise.all(
    rounds.map((round) => table.challenges.consume(anAnswer({ round }), 'notLast')),
  );

  expect(results.filter((result) => result !== undefined)).toHaveLength(1);
  const winner = rounds[results.findIndex((result) => result !== undefined)];
  const challenge = await table.challenges.read(REF);
  expect(challenge?.outcome).toBe('VERIFIED');
  expect(challenge?.events.VERIFIED?.round).toBe(winner);
});

test('verifies again for the round that verified, for no other, and keeps the first fact', async () => {
  await using table = await aTableWithChallenge();

  const first = await table.challenges.consume(anAnswer(), 'notLast');
  const again = await table.challenges.consume(anAnswer({ now: EXPIRY + MINUTE }), 'notLast');
  const other = await table.challenges.consume(anAnswer({ round: 'round-2' }), 'notLast');

  expect(first?.outcome).toBe('VERIFIED');
  expect(again).toEqual(first);
  expect(other).toBeUndefined();
  expect(first?.events.VERIFIED?.at).toBe(new Date(NOW + SECOND).toISOString());
});

test.each([
  ['it expires this very millisecond', { now: EXPIRY }],
  ['it belongs to another user', { userId: 'ffffffff-7c0f-4b3c-9a53-2d1f6f2b7c11' }],
  ['there is no such challenge', { challengeId: aChallengeId(1) }],
  ['as many attempts were made as are allowed now', { maxAttempts: 1 }],
  ['the user has another address now', { addressHash: 'another' }],
  ['an answer of this round was counted', { round: 'round-0' }],
])('verifies no challenge when %s', async (_, changes) => {
  await using table = await aTableWithChallenge();
  await table.challenges.countAttempt(anAnswer({ round: 'round-0' }), 'notLast');

  const verified = await table.challenges.consume(anAnswer(changes), 'notLast');

  expect(verified).toBeUndefined();
  expect((await table.challenges.read(REF))?.outcome).toBeUndefined();
});

test('counts a wrong answer once per round, and the last one only as the last', async () => {
  await using table = await aTableWithChallenge();

  const tooEarly = await table.challenges.countAttempt(anAnswer(), 'last');
  const first = await table.challenges.countAttempt(anAnswer(), 'notLast');
  const repeated = await table.challenges.countAttempt(anAnswer(), 'notLast');
  const second = await table.challenges.countAttempt(anAnswer({ round: 'round-2' }), 'notLast');
  const third = await table.challenges.countAttempt(anAnswer({ round: 'round-3' }), 'notLast');

  expect([tooEarly, first, repeated, second, third].map((counted) => counted?.attempts)).toEqual([
    undefined,
    1,
    undefined,
    2,
    undefined,
  ]);
  const challenge = await table.challenges.read(REF);
  expect(challenge?.attempts).toBe(2);
  expect(Object.keys(challenge?.events ?? {}).toSorted()).toEqual([
    '1#REQUESTED',
    'attempt#round-1',
    'attempt#round-2',
  ]);
});

test('admits the right answer by the same rule as a wrong one', async () => {
  await using table = await aTableWithChallenge();

  const tooEarly = await table.challenges.consume(anAnswer(), 'last');
  for (const round of ['round-2', 'round-3']) {
    await table.challenges.countAttempt(anAnswer({ round }), 'notLast');
  }
  const tooLate = await table.challenges.consume(anAnswer(), 'notLast');
  const last = await table.challenges.consume(anAnswer(), 'last');

  expect([tooEarly, tooLate]).toEqual([undefined, undefined]);
  expect(last?.outcome).toBe('VERIFIED');
});

test('exhausts the challenge with the last attempt, after which no answer counts or verifies', async () => {
  await using table = await aTableWithChallenge();

  for (const [n, attempt] of (['notLast', 'notLast', 'last'] as const).entries()) {
    await table.challenges.countAttempt(anAnswer({ round: `round-${n}` }), attempt);
  }
  const counted = await table.challenges.countAttempt(anAnswer({ round: 'round-3' }), 'last');
  const verified = await table.challenges.consume(anAnswer({ round: 'round-3' }), 'last');

  expect([counted, verified]).toEqual([undefined, undefined]);
  const challenge = await table.challenges.read(REF);
  expect(challenge).toMatchObject({ attempts: 3, outcome: 'EXHAUSTED' });
  expect(challenge?.events).toHaveProperty('EXHAUSTED');
  expect(challenge?.events).toHaveProperty('attempt#round-2');
});

test('counts no answer to a challenge that has expired', async () => {
  await using table = await aTableWithChallenge();

  const counted = await table.challenges.countAttempt(anAnswer({ now: EXPIRY }), 'notLast');

  expect(counted).toBeUndefined();
});

test('counts no answer of a user who has another address now', async () => {
  await using table = await aTableWithChallenge();
  const before = await table.challengeItem(USER_ID, REF.challengeId);

  const counted = await Promise.all([
    table.challenges.countAttempt(anAnswer({ addressHash: 'another' }), 'notLast'),
    table.challenges.countAttempt(anAnswer({ addressHash: 'another', maxAttempts: 1 }), 'last'),
  ]);

  expect(counted).toEqual([undefined, undefined]);
  expect(await table.challengeItem(USER_ID, REF.challengeId)).toEqual(before);
});

test('verifies again for the round that verified, although the address has changed since', async () => {
  await using table = await aTableWithChallenge();
  const first = await table.challenges.consume(anAnswer(), 'notLast');

  const again = await table.challenges.consume(anAnswer({ addressHash: 'another' }), 'notLast');

  expect(again).toEqual(first);
});

test('judges an answer to a challenge of the first release, which has no hash, whatever the address', async () => {
  await using table = await aTableWithChallenge();
  await table.client.send(
    new UpdateItemCommand({
      TableName: table.tableName,
      Key: challengeKey(USER_ID, REF.challengeId),
      UpdateExpression: 'REMOVE addressHash',
    }),
  );

  const counted = await table.challenges.countAttempt(anAnswer({ round: 'round-0' }), 'notLast');
  const verified = await table.challenges.consume(anAnswer(), 'notLast');

  expect([counted?.attempts, verified?.outcome]).toEqual([1, 'VERIFIED']);
});
