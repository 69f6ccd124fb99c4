import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newChallengeId } from '../../../../shared/domain/challenge.ts';
import * as table from '../../../../shared/table/table.ts';
import { REF } from '../../../support/table/challenges.ts';

test('stored items keep the names of their keys, of their times and of the index', () => {
  const { PARTITION_KEY, SORT_KEY, TTL_ATTRIBUTE, EXPIRY_ATTRIBUTE, OPEN_INDEX, OPEN_SHARD_ATTRIBUTE } =
    table;

  expect([PARTITION_KEY, SORT_KEY, TTL_ATTRIBUTE, EXPIRY_ATTRIBUTE]).toEqual([
    'pk',
    'sk',
    'ttl',
    'expiresAt',
  ]);
  expect([OPEN_INDEX, OPEN_SHARD_ATTRIBUTE]).toEqual(['open', 'openShard']);
});

test('every challenge is in one of the sixteen shards that the sweep reads', () => {
  expect(new Set(table.OPEN_SHARDS).size).toBe(16);
  fc.assert(
    fc.property(fc.nat({ max: 2 ** 41 }), (at) => {
      expect(table.OPEN_SHARDS).toContain(table.openShardOf(newChallengeId(at)));
    }),
  );
});

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
  ['what is none of ours', { pk: { S: 'USER#1' }, sk: { N: '1' } }],
  ['nothing', {}],
])('the key of %s is no challenge’s', (_, item) => {
  expect(table.readChallengeKey(item)).toBeUndefined();
});
