import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isChallengeId, newChallengeId } from '../../../../shared/domain/challenge.ts';
import {
  readPrivateParameters,
  writePrivateParameters,
} from '../../../../shared/messages/private-parameters.ts';
import { aChallengeId } from '../../../support/table/challenges.ts';

const challengeId = aChallengeId();

test('verify reads what create wrote', () => {
  const round = fc.record(
    {
      challengeId: fc.nat({ max: 2 ** 44 }).map(newChallengeId),
      round: fc.string({ minLength: 1 }),
      attempts: fc.nat(10),
      notice: fc.constantFrom('locked', 'wrongCodes'),
    } as const,
    { requiredKeys: ['challengeId', 'round', 'attempts'] },
  );
  fc.assert(
    fc.property(round, (reference) => {
      expect(readPrivateParameters(writePrivateParameters(reference))).toEqual(reference);
    }),
  );
});

test('they are sent as texts with these names', () => {
  const written = writePrivateParameters({ challengeId, round: 'round-1', attempts: 2 });

  expect(written).toEqual({ challengeId, round: 'round-1', attempts: '2' });
});

test('new fields are ignored', () => {
  const reference = readPrivateParameters({ challengeId, round: 'r', attempts: '2', unknown: 'field' });

  expect(reference).toEqual({ challengeId, round: 'r', attempts: 2 });
});

test('a notice that does not exist is ignored, and the release before expects none', () => {
  const parameters = { challengeId, round: 'r', attempts: '2' };

  expect(readPrivateParameters(parameters)).toEqual({ challengeId, round: 'r', attempts: 2 });
  expect(readPrivateParameters({ ...parameters, notice: 'welcome' })).toEqual({
    challengeId,
    round: 'r',
    attempts: 2,
  });
});

test.each([[undefined], [null], [''], ['many']])('reads %j attempts as none', (attempts) => {
  const reference = readPrivateParameters({ challengeId, round: 'r', attempts });

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
])('returns undefined for %s', (_, parameters) => {
  const reference = readPrivateParameters(parameters);

  expect(reference).toBeUndefined();
});

test('never throws, whatever it is given', () => {
  const anything = fc.anything({ withNullPrototype: true });
  const reference = fc.record({ challengeId: fc.constant(challengeId), round: anything, attempts: anything });
  fc.assert(
    fc.property(fc.oneof(anything, reference), (parameters) => {
      const reference = readPrivateParameters(parameters);

      expect(reference === undefined || isChallengeId(reference.challengeId)).toBe(true);
    }),
  );
});
