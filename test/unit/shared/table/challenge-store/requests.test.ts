import { describe, expect, test } from 'vitest';
import {
  aChallengeTable,
  aTableWithChallenge,
  type ChallengeTable,
} from '../../../../support/table/challenge-table.ts';
import {
  ADDRESS_HASH,
  aChallengeId,
  aFact,
  anAnswer,
  aRequest,
  MINUTE,
  NOW,
  REF,
  SECOND,
  USER_ID,
} from '../../../../support/table/challenges.ts';

// The rules of the stored challenge, on a real DynamoDB engine.

const EXPIRY = NOW + 5 * MINUTE;

test('stores a requested challenge with its expiry, its time to live and the fact of its request', async () => {
  await using table = await aChallengeTable();

  const challenge = await table.challenges.request(aRequest());

  expect(challenge).toEqual({
    ...REF,
    recipient: 'a***@e***.com',
    addressHash: ADDRESS_HASH,
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
    aRequest({
      ...{ recipient: 'b***@e***.com', addressHash: 'another', attempts: 3 },
      ...{ codeLifetime: 600, fact: aFact(NOW + MINUTE) },
    }),
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

test('creates nothing when a resend is noted for a challenge that is not there', async () => {
  await using table = await aChallengeTable();

  const challenge = await table.challenges.request(aRequest({ delivery: 2 }));

  expect(challenge).toBeUndefined();
  expect(await table.challengeItem(USER_ID, REF.challengeId)).toBeUndefined();
});

test('begins with the attempts that are used up from the start, and has no other hash after a resend', async () => {
  await using table = await aChallengeTable();

  await table.challenges.request(aRequest({ attempts: 2 }));
  const challenge = await table.challenges.request(
    aRequest({ delivery: 2, attempts: 0, addressHash: 'another' }),
  );

  expect(challenge).toMatchObject({ attempts: 2, addressHash: ADDRESS_HASH });
});

describe('a challenge whose address the user no longer has', () => {
  test('is closed once, leaves the index of open challenges and takes no answer', async () => {
    await using table = await aTableWithChallenge();

    const replaced = await table.challenges.replace(REF, aFact(NOW + SECOND));
    const again = await table.challenges.replace(REF, aFact(NOW + 2 * SECOND));
    const verified = await table.challenges.consume(anAnswer(), 'notLast');

    expect(replaced).toMatchObject({ outcome: 'REPLACED', events: { REPLACED: aFact(NOW + SECOND) } });
    expect([again, verified]).toEqual([undefined, undefined]);
    expect(await table.challenges.read(REF)).toEqual(replaced);
    expect(await table.challengeItem(USER_ID, REF.challengeId)).not.toHaveProperty('openShard');
  });

  test('is not closed if it has an outcome already, or is not there', async () => {
    await using table = await aTableWithChallenge();
    await table.challenges.consume(anAnswer(), 'notLast');

    const replaced = [REF, { userId: USER_ID, challengeId: aChallengeId(1) }].map((ref) =>
      table.challenges.replace(ref, aFact()),
    );

    expect(await Promise.all(replaced)).toEqual([undefined, undefined]);
    expect((await table.challenges.read(REF))?.outcome).toBe('VERIFIED');
    expect(await table.challengeItem(USER_ID, aChallengeId(1))).toBeUndefined();
  });
});
