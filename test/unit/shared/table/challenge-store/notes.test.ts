import { expect, test } from 'vitest';
import { aChallengeTable, aTableWithChallenge } from '../../../../support/table/challenge-table.ts';
import { aFact, anAnswer, NOW, REF, SECOND } from '../../../../support/table/challenges.ts';

// Facts that are recorded and change no rule, on a real DynamoDB engine.

test('notes once what the user record made of an answer, also when the challenge is over by then', async () => {
  await using table = await aTableWithChallenge();
  await table.challenges.consume(anAnswer(), 'notLast');

  const first = await table.challenges.note(REF, 'REFUSED', aFact(NOW + SECOND));
  const second = await table.challenges.note(REF, 'REFUSED', aFact(NOW + 2 * SECOND));
  const other = await table.challenges.note(REF, 'LOCKED', aFact(NOW + 3 * SECOND));

  expect([first, second, other]).toEqual([aFact(NOW + SECOND), aFact(NOW + SECOND), aFact(NOW + 3 * SECOND)]);
  const { events, outcome } = (await table.challenges.read(REF)) ?? expect.unreachable('it is gone');
  expect(outcome).toBe('VERIFIED');
  expect(events).toMatchObject({ REFUSED: aFact(NOW + SECOND), LOCKED: aFact(NOW + 3 * SECOND) });
});

test('notes nothing where there is no such challenge', async () => {
  await using table = await aChallengeTable();

  expect(await table.challenges.note(REF, 'LOCKED', aFact())).toBeUndefined();
  expect(await table.challengeItem(REF.userId, REF.challengeId)).toBeUndefined();
});

test('closes with the last wrong answer, whose own fact has what the client said', async () => {
  await using table = await aTableWithChallenge();
  const said = aFact(NOW + SECOND, { round: 'round-1', request: 'request-1', ipAddress: '192.0.2.1' });

  await table.challenges.countAttempt(anAnswer({ maxAttempts: 1, fact: said }), 'last');

  const { events } = (await table.challenges.read(REF)) ?? expect.unreachable('it is gone');
  const { ipAddress, ...closing } = said;
  expect(events['attempt#round-1']).toEqual(said);
  expect(events.EXHAUSTED).toEqual(closing);
});
