import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isChallengeId } from '../../../../shared/domain/challenge.ts';
import { readReference } from '../../../../shared/messages/challenge-parameters.ts';
import { aChallengeId } from '../../../support/table/challenges.ts';

const challengeId = aChallengeId();

test('reads what create-auth-challenge wrote, which Cognito hands on as text', () => {
  const reference = readReference({ challengeId, round: 'r', attempts: '2', unknown: 'field' });

  expect(reference).toEqual({ challengeId, round: 'r', attempts: 2 });
});

test.each([[undefined], [null], [''], ['many']])('takes %j attempts for none', (attempts) => {
  const reference = readReference({ challengeId, round: 'r', attempts });

  expect(reference?.attempts).toBe(0);
});

test.each([
  ['nothing', undefined],
  ['null', null],
  ['text', 'challenge'],
  ['a list', []],
  ['no id', { round: 'r', attempts: '0' }],
  ['an id that is no UUIDv7', { challengeId: '0e9d5b0a-7c0f-4b3c-9a53-2d1f6f2b7c11', round: 'r' }],
  ['no round', { challengeId, attempts: '0' }],
  ['an empty round', { challengeId, round: '', attempts: '0' }],
  ['a round that is no text', { challengeId, round: 7, attempts: '0' }],
])('answers undefined for %s', (_, parameters) => {
  const reference = readReference(parameters);

  expect(reference).toBeUndefined();
});

test('never throws, whatever it is given', () => {
  const anything = fc.anything({ withNullPrototype: true });
  const reference = fc.record({ challengeId: fc.constant(challengeId), round: anything, attempts: anything });
  fc.assert(
    fc.property(fc.oneof(anything, reference), (parameters) => {
      const reference = readReference(parameters);

      expect(reference === undefined || isChallengeId(reference.challengeId)).toBe(true);
    }),
  );
});
