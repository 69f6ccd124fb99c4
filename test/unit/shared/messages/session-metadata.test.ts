import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newChallengeId } from '../../../../shared/domain/challenge.ts';
import { readSessionMetadata, writeSessionMetadata } from '../../../../shared/messages/session-metadata.ts';
import { aChallengeId } from '../../../support/table/challenges.ts';

test('a challenge is found again in what the session has kept, and whether the round came after a status call', () => {
  fc.assert(
    fc.property(fc.nat({ max: 2 ** 44 }), fc.boolean(), (at, afterStatus) => {
      const metadata = { challengeId: newChallengeId(at), afterStatus };

      expect(readSessionMetadata(writeSessionMetadata(metadata))).toEqual(metadata);
    }),
  );
});

test('the session keeps the id behind a prefix, and a mark after a status call alone', () => {
  const challengeId = aChallengeId();

  expect(writeSessionMetadata({ challengeId, afterStatus: false })).toBe(`challenge-${challengeId}`);
  expect(writeSessionMetadata({ challengeId, afterStatus: true })).toBe(`challenge-${challengeId}~`);
});

test.each([
  ['nothing', null],
  ['a number', 7],
  ['a list', [`challenge-${aChallengeId()}`]],
  ['the bare id', aChallengeId()],
  ['another reference', `delivery-${aChallengeId()}`],
  ['a reference to what is no id', 'challenge-1'],
  ['a mark without an id', 'challenge-~'],
  ['two marks', `challenge-${aChallengeId()}~~`],
])('no challenge is found in metadata that is %s', (_, metadata) => {
  expect(readSessionMetadata(metadata)).toBeUndefined();
});
