import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { challengeKey } from '../../../../../shared/table/table.ts';
import { aTableWithChallenge, type ChallengeTable } from '../../../../support/table/challenge-table.ts';
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
} from '../../../../support/table/challenges.ts';

// Which try may send a delivery, on a real DynamoDB engine.

const item = (table: ChallengeTable) => table.challengeItem(REF.userId, REF.challengeId);

test('gives a free lease to the first who claims it, with the challenge, whose mail is unclear from then on', async () => {
  await using table = await aTableWithChallenge();

  const claimed = await table.challenges.claimLease(aClaim());

  expect(claimed).toMatchObject({ ...REF, expiresAt: NOW + 5 * MINUTE, attempts: 0, unclear: [1] });
  expect(await item(table)).toMatchObject({
    'lease#1': { owner: 'invocation-1', until: NOW + 31 * SECOND },
    'unclear#1': new Set(['execution-1#0']),
  });
});

test('keeps the hash by which this mail can be reported, and takes it over from the try before', async () => {
  await using table = await aTableWithChallenge();
  const first = aClaim({ reportHash: 'hash of a first token' });
  await table.challenges.claimLease(first);
  const kept = await item(table);

  await table.challenges.claimLease(
    aClaim({ owner: 'invocation-2', now: first.until, reportHash: 'hash of a second token' }),
  );

  expect(kept).toMatchObject({ 'report#1': 'hash of a first token', 'lease#1': { owner: 'invocation-1' } });
  expect(await item(table)).toMatchObject({ 'report#1': 'hash of a second token' });
});

test('gives a free lease to exactly one of eight concurrent invocations', async () => {
  await using table = await aTableWithChallenge();
  const claims = Array.from({ length: 8 }, (_, i) => aClaim({ owner: `invocation-${i}` }));

  const results = await Promise.all(claims.map((claim) => table.challenges.claimLease(claim)));

  expect(results.filter((challenge) => challenge !== undefined)).toHaveLength(1);
});

test('refuses a lease while another invocation holds it, to the millisecond, and then keeps both tries in mind', async () => {
  await using table = await aTableWithChallenge();
  const held = aClaim();
  await table.challenges.claimLease(held);
  const other = { owner: 'invocation-2', try: 'execution-1#1' };

  const early = await table.challenges.claimLease(aClaim({ ...other, now: held.until - 1 }));
  const due = await table.challenges.claimLease(aClaim({ ...other, now: held.until }));

  expect(early).toBeUndefined();
  expect(due).toBeDefined();
  expect((await item(table))?.['unclear#1']).toEqual(new Set(['execution-1#0', 'execution-1#1']));
});

test('gives its own lease to an invocation again, and for longer', async () => {
  await using table = await aTableWithChallenge();
  await table.challenges.claimLease(aClaim());

  const again = await table.challenges.claimLease(aClaim({ now: NOW + 20 * SECOND }));
  const other = await table.challenges.claimLease(aClaim({ owner: 'invocation-2', now: NOW + 40 * SECOND }));

  expect(again).toBeDefined();
  expect(other).toBeUndefined();
});

test('holds each delivery by a lease of its own', async () => {
  await using table = await aTableWithChallenge();
  await table.challenges.request(aRequest({ delivery: 2 }));
  await table.challenges.claimLease(aClaim());
  await table.writeFact(REF, '1#SENT', aFact());

  const second = await table.challenges.claimLease(aClaim({ delivery: 2, owner: 'invocation-2' }));

  expect(second).toMatchObject({ unclear: [2] });
});

describe('refuses the lease, and leaves the item byte for byte as it was,', () => {
  const claimAt = (now: number) => aClaim({ now });

  test.each<[string, (table: ChallengeTable) => Promise<unknown>, ReturnType<typeof aClaim>]>([
    ['of a delivery that nobody ordered', async () => {}, aClaim({ delivery: 2 })],
    ['of a delivery far from those that were ordered', async () => {}, aClaim({ delivery: 77 })],
    ['for another address', async () => {}, aClaim({ addressHash: 'another' })],
    [
      'for another address once the lease is free',
      (table) => table.challenges.claimLease(aClaim()),
      aClaim({ addressHash: 'another', owner: 'invocation-2', now: NOW + MINUTE }),
    ],
    ['of a challenge that expires now', async () => {}, claimAt(NOW + 5 * MINUTE)],
    ['of a verified challenge', (table) => table.challenges.consume(anAnswer(), 'notLast'), aClaim()],
    [
      'of an exhausted challenge',
      (table) => table.challenges.countAttempt(anAnswer({ maxAttempts: 1 }), 'last'),
      aClaim(),
    ],
    ['of a replaced challenge', (table) => table.challenges.replace(REF, aFact()), aClaim()],
    [
      'of a mail that the workflow has logged',
      (table) => table.writeSent(REF, 1, aFact()),
      claimAt(NOW + MINUTE),
    ],
    [
      'of a mail that SES says it took',
      (table) => table.writeFact(REF, '1#ACCEPTED', aFact()),
      claimAt(NOW + MINUTE),
    ],
    [
      'of a mail that was given up, because its order may have been given back',
      (table) => table.writeFact(REF, '1#SEND_FAILED', aFact()),
      claimAt(NOW + MINUTE),
    ],
  ])('%s', async (_, before, claim) => {
    await using table = await aTableWithChallenge();
    await before(table);
    const stored = await item(table);

    const claimed = await table.challenges.claimLease(claim);

    expect(claimed).toBeUndefined();
    expect(await item(table)).toEqual(stored);
  });

  test('of a sent mail even to the owner of its lease', async () => {
    await using table = await aTableWithChallenge();
    await table.challenges.claimLease(aClaim());
    await table.writeFact(REF, '1#SENT', aFact());

    expect(await table.challenges.claimLease(aClaim())).toBeUndefined();
  });

  test('of a challenge that is missing', async () => {
    await using table = await aTableWithChallenge();
    const missing = aChallengeId(3);

    expect(await table.challenges.claimLease(aClaim({ challengeId: missing }))).toBeUndefined();
    expect(await table.challengeItem(REF.userId, missing)).toBeUndefined();
  });
});

test('gives the lease of a challenge of the first release, which has no hash, whatever the address', async () => {
  await using table = await aTableWithChallenge();
  await table.client.send(
    new UpdateItemCommand({
      TableName: table.tableName,
      Key: challengeKey(REF.userId, REF.challengeId),
      UpdateExpression: 'REMOVE addressHash',
    }),
  );

  expect(await table.challenges.claimLease(aClaim({ addressHash: 'another' }))).toBeDefined();
});

describe('a lease that is handed back', () => {
  test('is free at once, its try is clear, and nothing else has changed', async () => {
    await using table = await aTableWithChallenge();
    const before = await item(table);
    await table.challenges.claimLease(aClaim());

    const released = await table.challenges.releaseLease(aClaim());

    expect(released).toEqual(await table.challenges.read(REF));
    expect(await item(table)).toEqual(before);
    expect(await table.challenges.claimLease(aClaim({ owner: 'invocation-2' }))).toBeDefined();
  });

  test('records that the mail is deferred, once, and leaves nothing else of the try', async () => {
    await using table = await aTableWithChallenge();
    const before = await item(table);
    const deferred = { ...aFact(NOW + SECOND), reason: 'EmailUnavailable' };
    await table.challenges.claimLease(aClaim());

    const released = await table.challenges.releaseLease(aClaim(), deferred);
    await table.challenges.claimLease(aClaim());
    await table.challenges.releaseLease(aClaim(), aFact(NOW + MINUTE));

    expect(released?.events['1#SEND_DEFERRED']).toEqual(deferred);
    expect(await item(table)).toEqual({
      ...before,
      events: { ...(before?.events as object), '1#SEND_DEFERRED': deferred },
    });
  });

  test('leaves those tries unclear whose answers were lost', async () => {
    await using table = await aTableWithChallenge();
    await table.challenges.claimLease(aClaim());
    const later = aClaim({ owner: 'invocation-2', try: 'execution-1#1', now: NOW + MINUTE });
    await table.challenges.claimLease(later);

    const released = await table.challenges.releaseLease(later);

    expect(released?.unclear).toEqual([1]);
    expect((await item(table))?.['unclear#1']).toEqual(new Set(['execution-1#0']));
  });

  test('is handed back by its owner alone, even for the same try', async () => {
    await using table = await aTableWithChallenge();
    await table.challenges.claimLease(aClaim());
    const stored = await item(table);

    const released = [
      aClaim({ owner: 'invocation-2' }),
      aClaim({ delivery: 2 }),
      aClaim({ challengeId: aChallengeId(1) }),
    ].map((claim) => table.challenges.releaseLease(claim));

    expect(await Promise.all(released)).toEqual([undefined, undefined, undefined]);
    expect(await item(table)).toEqual(stored);
  });

  test('is handed back also after the challenge was closed', async () => {
    await using table = await aTableWithChallenge();
    await table.challenges.claimLease(aClaim());
    await table.challenges.replace(REF, aFact());

    const released = await table.challenges.releaseLease(aClaim());

    expect(released).toMatchObject({ outcome: 'REPLACED' });
    expect(released).not.toHaveProperty('unclear');
  });
});
