import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { expect, test } from 'vitest';
import { createOpenChallenges } from '../../services/sweep-challenges/open-challenges.ts';
import { sweep } from '../../services/sweep-challenges/sweep.ts';
import type { ChallengeId } from '../../shared/domain/challenge.ts';
import { challengeKey, OPEN_SHARDS, openShardOf } from '../../shared/table/table.ts';
import { createMeasured } from '../support/system/measured.ts';
import { aChallengeTable, type ChallengeTable } from '../support/table/challenge-table.ts';
import { aChallengeId, aFact, MINUTE, NOW, SECOND } from '../support/table/challenges.ts';

const CHALLENGES = 10_000;
const CLOSED = 2_000;
const BATCH = 25;

/** Every third challenge was never mailed. Those that are closed have an outcome, and therefore no shard. */
const anItem = (n: number): Record<string, unknown> => {
  const challengeId = aChallengeId(n);
  return {
    recipient: 'a***@e***.com',
    expiresAt: NOW + 5 * MINUTE,
    attempts: 0,
    events: { '1#REQUESTED': aFact() },
    ...(n % 3 > 0 && { mailed: true }),
    ...(n < CHALLENGES ? { openShard: openShardOf(challengeId) } : { outcome: 'VERIFIED' }),
  };
};

const fill = async ({ client, tableName }: ChallengeTable): Promise<void> => {
  const put = (n: number) => ({
    PutRequest: {
      Item: { ...challengeKey(`user-${n % 1000}`, aChallengeId(n) as ChallengeId), ...marshall(anItem(n)) },
    },
  });
  for (let from = 0; from < CHALLENGES + CLOSED; from += BATCH) {
    const requests = Array.from({ length: BATCH }, (_, n) => put(from + n));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [tableName]: requests } }));
  }
};

test(`${CHALLENGES} open challenges are swept in one run, by the index alone`, {
  timeout: 60_000,
}, async () => {
  await using table = await aChallengeTable();
  await fill(table);
  const measured = createMeasured();
  const commands: string[] = [];
  table.client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        commands.push(String(commandName));
        return next(args);
      },
    { step: 'initialize' },
  );
  const started = performance.now();

  const swept = await sweep(
    {
      challenges: createOpenChallenges(table.client, table.tableName),
      giveBack: async () => {},
      measure: measured.measure,
      now: () => NOW + 6 * MINUTE,
      maxAttempts: 5,
    },
    { requestId: 'request-1', timeLeft: () => 55 * SECOND },
  );

  const took = Math.round(performance.now() - started);
  const count = (name: string) => commands.filter((command) => command === name).length;
  const [queries, reads, writes] = ['QueryCommand', 'GetItemCommand', 'UpdateItemCommand'].map(count);
  console.log(
    `Swept ${CHALLENGES} of ${CHALLENGES + CLOSED} challenges in ${took} ms: ${queries} queries of the index ` +
      `(${swept.readUnits} read units), ${reads} reads of challenges never mailed, ${writes} writes, 0 scans`,
  );
  const orphaned = Math.ceil(CHALLENGES / 3);
  expect(swept.closed).toEqual({ EXPIRED: CHALLENGES - orphaned, ORPHANED: orphaned, EXHAUSTED: 0 });
  expect(swept.unfinished).toBe(false);
  expect(measured.sums()).toEqual({
    ChallengeExpired: CHALLENGES - orphaned,
    ChallengeOrphaned: orphaned,
    NeverMailed: orphaned,
  });
  expect(queries).toBeLessThan(2 * OPEN_SHARDS.length);
  expect([reads, writes, count('ScanCommand')]).toEqual([orphaned, CHALLENGES + orphaned, 0]);
});
