import { expect, test } from 'vitest';
import {
  aChallengeTable,
  aTableWithChallenge,
  type ChallengeTable,
} from '../../../support/table/challenge-table.ts';
import {
  aChallengeId,
  aClaim,
  aFact,
  anAnswer,
  aRequest,
  MINUTE,
  NOW,
  REF,
  SECOND,
  USER_ID,
} from '../../../support/table/challenges.ts';

// The rules of the stored challenge, on a real DynamoDB engine.

const EXPIRY = NOW + 5 * MINUTE;

test('stores a requested challenge with its expiry, its time to live and the fact of its request', async () => {
  await using table = await aChallengeTable();

  const challenge = await table.challenges.request(aRequest());

  expect(challenge).toEqual({
    ...REF,
    recipient: 'a***@e***.com',
    expiresAt: EXPIRY,
    attempts: 0,
    events: { '1#REQUESTED': aFact() },
  });
  expect(await table.challenges.read(REF)).toEqual(challenge);
  expect(await table.challengeItem(USER_ID, REF.challengeId)).toMatchObject({
    pk: `USER#${USER_ID}`,
    sk: `CHALLENGE#${REF.challengeId}`,
    ttl: EXPIRY / 1000 + 86_400,
    openShard: REF.challengeId.slice(-1),
  });
});

test('changes nothing when a request is repeated, even after answers were counted', async () => {
  await using table = await aTableWithChallenge();
  await table.challenges.countAttempt(anAnswer(), 'notLast');
  const before = await table.challengeItem(USER_ID, REF.challengeId);

  const repeated = await table.challenges.request(
    aRequest({ recipient: 'b***@e***.com', codeLifetime: 600, fact: aFact(NOW + MINUTE) }),
  );

  expect(repeated).toMatchObject({ attempts: 1, recipient: 'a***@e***.com', expiresAt: EXPIRY });
  expect(await table.challengeItem(USER_ID, REF.challengeId)).toEqual(before);
});

test('notes a resend once, at the time it was first asked for', async () => {
  await using table = await aTableWithChallenge();

  await table.challenges.request(aRequest({ delivery: 2, fact: aFact(NOW + MINUTE) }));
  const challenge = await table.challenges.request(aRequest({ delivery: 2, fact: aFact(NOW + 2 * MINUTE) }));

  expect(challenge?.events).toEqual({ '1#REQUESTED': aFact(), '2#RESEND_REQUESTED': aFact(NOW + MINUTE) });
});

test('notes once that a challenge was handed out again, and that its mail was asked for where a crash prevented it', async () => {
  await using table = await aTableWithChallenge();

  await table.challenges.reuse(aRequest({ fact: aFact(NOW + SECOND) }));
  await table.challenges.reuse(aRequest({ fact: aFact(NOW + 2 * SECOND) }));
  const challenge = await table.challenges.reuse(aRequest({ delivery: 2, fact: aFact(NOW + MINUTE) }));

  expect(challenge?.events).toEqual({
    '1#REQUESTED': aFact(),
    '1#REUSED': aFact(NOW + SECOND),
    '2#RESEND_REQUESTED': aFact(NOW + MINUTE),
    '2#REUSED': aFact(NOW + MINUTE),
  });
});

test.each([
  ['is not there', undefined],
  ['is over', anAnswer()],
])('notes neither a reuse nor a resend of a challenge that %s', async (_, answer) => {
  await using table = answer === undefined ? await aChallengeTable() : await aTableWithChallenge();
  if (answer !== undefined) await table.challenges.consume(answer, 'notLast');
  const before = await table.challengeItem(USER_ID, REF.challengeId);

  const reused = await table.challenges.reuse(aRequest());
  const resent = await table.challenges.request(aRequest({ delivery: 2 }));

  expect([reused, resent]).toEqual([undefined, undefined]);
  expect(await table.challengeItem(USER_ID, REF.challengeId)).toEqual(before);
});

test.each([
  ['verified', (table: ChallengeTable) => table.challenges.consume(anAnswer(), 'notLast')],
  [
    'exhausted',
    (table: ChallengeTable) => table.challenges.countAttempt(anAnswer({ maxAttempts: 1 }), 'last'),
  ],
])(
  'leaves the index of open challenges when it is %s, and a repeated request does not bring it back',
  async (_, end) => {
    await using table = await aTableWithChallenge();

    await end(table);
    await table.challenges.request(aRequest());

    expect(await table.challengeItem(USER_ID, REF.challengeId)).not.toHaveProperty('openShard');
  },
);

test('keeps the hash of the address that the first mail went to', async () => {
  await using table = await aTableWithChallenge();

  await table.challenges.claimLease(aClaim({ recipientHash: 'first' }));
  await table.challenges.claimLease(aClaim({ delivery: 2, recipientHash: 'second' }));

  expect((await table.challenges.read(REF))?.recipientHash).toBe('first');
});

test('creates nothing when a resend is noted for a challenge that is not there', async () => {
  await using table = await aChallengeTable();

  const challenge = await table.challenges.request(aRequest({ delivery: 2 }));

  expect(challenge).toBeUndefined();
  expect(await table.challengeItem(USER_ID, REF.challengeId)).toBeUndefined();
});

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

  expect([tooEarly, first, repeated, second, third]).toEqual([false, true, false, true, false]);
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

  expect([counted, verified]).toEqual([false, undefined]);
  const challenge = await table.challenges.read(REF);
  expect(challenge).toMatchObject({ attempts: 3, outcome: 'EXHAUSTED' });
  expect(challenge?.events).toHaveProperty('EXHAUSTED');
  expect(challenge?.events).toHaveProperty('attempt#round-2');
});

test('counts no answer to a challenge that has expired', async () => {
  await using table = await aTableWithChallenge();

  const counted = await table.challenges.countAttempt(anAnswer({ now: EXPIRY }), 'notLast');

  expect(counted).toBe(false);
});
