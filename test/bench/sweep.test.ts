import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { expect, test } from 'vitest';
import { createOpenChallenges } from '../../services/sweep-challenges/open-challenges.ts';
import { sweep } from '../../services/sweep-challenges/sweep.ts';
import { countedSince } from '../../shared/domain/orders.ts';
import { OPEN_SHARDS, openShardOf } from '../../shared/table/keys.ts';
import { challengeKey, userKey } from '../../shared/table/table.ts';
import { createMeasured } from '../support/system/measured.ts';
import { aChallengeTable, type ChallengeTable } from '../support/table/challenge-table.ts';
import { aChallengeId, aFact, MINUTE, NOW, SECOND } from '../support/table/challenges.ts';

const CHALLENGES = 10_000;
const CLOSED = 2_000;
const USERS = 1_000;
const BATCH = 25;

const userOf = (n: number): string => `user-${n % USERS}`;

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

/** A user record in which the orders of all the user's open challenges count. */
const aRecord = (user: number): Record<string, unknown> => {
  const own = Array.from({ length: CHALLENGES / USERS }, (_, n) => aChallengeId(user + n * USERS));
  return { version: 1, latest: {}, orders: Object.fromEntries(own.map((id) => [id, { 1: NOW }])) };
};

const fill = async ({ client, tableName }: ChallengeTable): Promise<void> => {
  const challenges = Array.from({ length: CHALLENGES + CLOSED }, (_, n) => ({
    ...challengeKey(userOf(n), aChallengeId(n)),
    ...marshall(anItem(n)),
  }));
  const records = Array.from({ length: USERS }, (_, n) => ({
    ...userKey(userOf(n)),
    ...marshall(aRecord(n)),
  }));
  const requests = [...challenges, ...records].map((Item) => ({ PutRequest: { Item } }));
  for (let from = 0; from < requests.length; from += BATCH) {
    const RequestItems = { [tableName]: requests.slice(from, from + BATCH) };
    await client.send(new BatchWriteItemCommand({ RequestItems }));
  }
};

/** How many orders count against the users. */
const countedOrders = async ({ users }: ChallengeTable): Promise<number> => {
  let counted = 0;
  for (let n = 0; n < USERS; n += 1) counted += countedSince(await users.readUserRecord(userOf(n)), 0);
  return counted;
};

test(`${CHALLENGES} open challenges are swept in one run, by the index alone`, {
  timeout: 600_000,
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
      giveBack: table.users.giveBack,
      measure: measured.measure,
      now: () => NOW + 6 * MINUTE,
      maxAttempts: 5,
    },
    { requestId: 'request-1', timeLeft: () => 55 * SECOND },
  );

  const orphaned = Math.ceil(CHALLENGES / 3);
  const took = Math.round(performance.now() - started);
  const count = (name: string) => commands.filter((command) => command === name).length;
  const [queries, reads, writes] = ['QueryCommand', 'GetItemCommand', 'UpdateItemCommand'].map(count);
  console.log(
    `Swept ${CHALLENGES} of ${CHALLENGES + CLOSED} challenges in ${took} ms: ${queries} queries of the index ` +
      `(${swept.readUnits} read units), ${reads} reads of challenges never mailed, ${writes} writes, ${orphaned} of which give an order back, 0 scans`,
  );
  expect(swept.closed).toEqual({ EXPIRED: CHALLENGES - orphaned, ORPHANED: orphaned, EXHAUSTED: 0 });
  expect(swept.unfinished).toBe(false);
  expect(measured.sums()).toEqual({
    ChallengeExpired: CHALLENGES - orphaned,
    ChallengeOrphaned: orphaned,
    NeverMailed: orphaned,
  });
  expect(queries).toBeLessThan(2 * OPEN_SHARDS.length);
  expect([reads, writes, count('ScanCommand')]).toEqual([orphaned, CHALLENGES + 2 * orphaned, 0]);
  expect(await countedOrders(table)).toBe(CHALLENGES - orphaned);
});
