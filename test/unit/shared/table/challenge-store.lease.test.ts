import { expect, test } from 'vitest';
import { aTableWithChallenge } from '../../../support/table/challenge-table.ts';
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
} from '../../../support/table/challenges.ts';

// Which execution may send a delivery, on a real DynamoDB engine.

test('gives a free lease to the first who claims it, with the challenge', async () => {
  await using table = await aTableWithChallenge();

  const claimed = await table.challenges.claimLease(aClaim());

  expect(claimed).toMatchObject({ ...REF, expiresAt: NOW + 5 * MINUTE, attempts: 0 });
});

test('gives a free lease to exactly one of eight concurrent executions', async () => {
  await using table = await aTableWithChallenge();
  const claims = Array.from({ length: 8 }, (_, i) => aClaim({ owner: `execution-${i}` }));

  const results = await Promise.all(claims.map((claim) => table.challenges.claimLease(claim)));

  expect(results.filter((challenge) => challenge !== undefined)).toHaveLength(1);
});

test('refuses a lease while another execution holds it, to the millisecond', async () => {
  await using table = await aTableWithChallenge();
  const held = aClaim();
  await table.challenges.claimLease(held);

  const early = await table.challenges.claimLease(aClaim({ owner: 'execution-2', now: held.until - 1 }));
  const due = await table.challenges.claimLease(aClaim({ owner: 'execution-2', now: held.until }));

  expect(early).toBeUndefined();
  expect(due).toBeDefined();
});

test('gives its own lease to an execution again, and for longer', async () => {
  await using table = await aTableWithChallenge();
  await table.challenges.claimLease(aClaim());

  const again = await table.challenges.claimLease(aClaim({ now: NOW + 20 * SECOND }));
  const other = await table.challenges.claimLease(aClaim({ owner: 'execution-2', now: NOW + 40 * SECOND }));

  expect(again).toBeDefined();
  expect(other).toBeUndefined();
});

test.each([
  ['the workflow', '1#SENT'],
  ['SES', '1#ACCEPTED'],
])('refuses the lease of a delivery that was sent, as %s says, even to its owner', async (_, name) => {
  await using table = await aTableWithChallenge();
  await table.challenges.claimLease(aClaim());
  await table.writeFact(REF, name, aFact());

  const claims = ['execution-1', 'execution-2'].map((owner) =>
    table.challenges.claimLease(aClaim({ owner, now: NOW + MINUTE })),
  );

  expect(await Promise.all(claims)).toEqual([undefined, undefined]);
});

test('holds each delivery by a lease of its own', async () => {
  await using table = await aTableWithChallenge();
  await table.challenges.claimLease(aClaim());
  await table.writeFact(REF, '1#SENT', aFact());

  const second = await table.challenges.claimLease(aClaim({ delivery: 2, owner: 'execution-2' }));

  expect(second).toBeDefined();
});

test('gives the lease of a delivery that failed before, so that it can be tried again', async () => {
  await using table = await aTableWithChallenge();
  await table.writeFact(REF, '1#SEND_FAILED', aFact());

  const claimed = await table.challenges.claimLease(aClaim());

  expect(claimed).toBeDefined();
});

test('refuses the lease of a challenge that is verified, exhausted, expired or missing', async () => {
  await using table = await aTableWithChallenge();
  const [verified, exhausted, missing] = [aChallengeId(1), aChallengeId(2), aChallengeId(3)];
  await table.challenges.request(aRequest({ challengeId: verified }));
  await table.challenges.request(aRequest({ challengeId: exhausted }));
  await table.challenges.consume(anAnswer({ challengeId: verified }), 'notLast');
  await table.challenges.countAttempt(anAnswer({ challengeId: exhausted, maxAttempts: 1 }), 'last');

  const claims = [
    aClaim({ challengeId: verified }),
    aClaim({ challengeId: exhausted }),
    aClaim({ now: NOW + 5 * MINUTE }),
    aClaim({ challengeId: missing }),
  ].map((claim) => table.challenges.claimLease(claim));

  expect(await Promise.all(claims)).toEqual([undefined, undefined, undefined, undefined]);
  expect(await table.challengeItem(REF.userId, missing)).toBeUndefined();
});
