import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newChallengeId } from '../../../../shared/domain/challenge.ts';
import { readSessionMetadata, writeSessionMetadata } from '../../../../shared/messages/session-metadata.ts';
import { aChallengeId } from '../../../support/table/challenges.ts';

test('a challenge is found again in what the session has kept', () => {
  fc.assert(
    fc.property(fc.nat({ max: 2 ** 44 }), (at) => {
      const id = newChallengeId(at);

      expect(readSessionMetadata(writeSessionMetadata(id))).toBe(id);
    }),
  );
});

test('the session keeps the id behind a prefix', () => {
  expect(writeSessionMetadata(aChallengeId())).toBe(`challenge-${aChallengeId()}`);
});

test.each([
  ['nothing', null],
  ['a number', 7],
  ['a list', [`challenge-${aChallengeId()}`]],
  ['the bare id', aChallengeId()],
  ['another reference', `delivery-${aChallengeId()}`],
  ['a reference to what is no id', 'challenge-1'],
])('no challenge is found in metadata that is %s', (_, metadata) => {
  expect(readSessionMetadata(metadata)).toBeUndefined();
});
