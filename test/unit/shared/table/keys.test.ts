import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newChallengeId } from '../../../../shared/domain/challenge.ts';
import * as keys from '../../../../shared/table/keys.ts';

test('stored items keep the names of their keys, of their times and of the index', () => {
  const { PARTITION_KEY, SORT_KEY, TTL_ATTRIBUTE, EXPIRY_ATTRIBUTE, OPEN_INDEX, OPEN_SHARD_ATTRIBUTE } = keys;

  expect([PARTITION_KEY, SORT_KEY, TTL_ATTRIBUTE, EXPIRY_ATTRIBUTE]).toEqual([
    'pk',
    'sk',
    'ttl',
    'expiresAt',
  ]);
  expect([OPEN_INDEX, OPEN_SHARD_ATTRIBUTE]).toEqual(['open', 'openShard']);
});

test('every challenge is in one of the sixteen shards that the sweep reads', () => {
  expect(new Set(keys.OPEN_SHARDS).size).toBe(16);
  fc.assert(
    fc.property(fc.nat({ max: 2 ** 41 }), (at) => {
      expect(keys.OPEN_SHARDS).toContain(keys.openShardOf(newChallengeId(at)));
    }),
  );
});
