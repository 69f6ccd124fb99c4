import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newChallengeId } from '../../../../shared/domain/challenge.ts';
import { clientKey } from '../../../../shared/table/client-records.ts';
import * as table from '../../../../shared/table/table.ts';
import { REF } from '../../../support/table/challenges.ts';

test('a challenge is found again in the key of its item', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat({ max: 2 ** 41 }), (userId, at) => {
      const challengeId = newChallengeId(at);

      expect(table.readChallengeKey(table.challengeKey(userId, challengeId))).toEqual({
        userId,
        challengeId,
      });
    }),
  );
});

test('stored items keep their keys', () => {
  const { userId, challengeId } = REF;

  expect(table.challengeKey(userId, challengeId)).toEqual({
    pk: { S: `USER#${userId}` },
    sk: { S: `CHALLENGE#${challengeId}` },
  });
  expect(table.userKey(userId)).toEqual({ pk: { S: `USER#${userId}` }, sk: { S: 'GUARD' } });
});

test.each([
  ['a user record', table.userKey(REF.userId)],
  ['what is kept of an app client', clientKey('eu-central-1_AbCdEf123', 'client1')],
  ['what is none of ours', { pk: { S: 'USER#1' }, sk: { N: '1' } }],
  ['nothing', {}],
])('the key of %s is no challenge’s', (_, item) => {
  expect(table.readChallengeKey(item)).toBeUndefined();
});
