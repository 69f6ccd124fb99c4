import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newChallengeId } from '../../../../shared/domain/challenge.ts';
import * as table from '../../../../shared/table/table.ts';

test('what tables are full of keeps its name', () => {
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
