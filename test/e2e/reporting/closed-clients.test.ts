import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '../../../shared/command/failure.ts';
import { startAppSystem } from '../../support/apps/app-system.ts';
import { type PoolCommands, startPoolCommands } from '../../support/attaching/pool-commands.ts';
import {
  createSignedInPool,
  KINDS,
  type Kind,
  type SignedInPool,
} from '../../support/attaching/signed-in-pool.ts';
import { byCode, byPassword, claimOf, refresh, refreshTwice } from '../../support/attaching/tokens.ts';
import { startTestSystem, stopTestSystem, type TestSystem } from '../../support/system/local-system.ts';

// A pool whose users are signed in when a command attaches it and closes their clients: nobody reports, but who is signed in stays so
// until a date. Each test continues where the one before ended.

const POOL_ID = 'us-east-1_Closes1';
/** In seconds. */
const MINUTE = 60;

let system: TestSystem;
let commands: PoolCommands;
let pool: SignedInPool;
const userAt = (kind: Kind) => pool.open[kind].user;
/** Refresh tokens by kind of client, of each session the newest. */
const sessions = new Map<Kind, readonly string[]>();

const attach = async (...args: readonly string[]): Promise<void> => {
  const { exit, stderr } = await commands.run('attach', ...args, '--yes');
  expect(exit, stderr).toBe(EXIT.done);
};

beforeAll(async () => {
  system = await startTestSystem();
  pool = await createSignedInPool(system, POOL_ID);
  await system.close();
  const context = { poolId: POOL_ID, existingPool: JSON.stringify({ attachBy: 'command' }) };
  system = await startAppSystem('pool-elsewhere', context, { folder: system.folder });
  const { outputs = {} } = system.otps.find(({ id }) => id === 'ElsewhereOtp') ?? {};
  commands = await startPoolCommands(system, outputs);
  const until = new Date(system.clock.now() + 60 * MINUTE * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
  await attach(...KINDS.flatMap((kind) => ['--close', userAt(kind).clientId]), '--until', until);
});
afterAll(async () => {
  commands[Symbol.dispose]();
  await stopTestSystem(system);
});

describe('before the date', () => {
  it.each(KINDS)(
    'a client that %s wants a code, and sessions from before go on without our claim',
    async (kind) => {
      const { user, early, idle } = pool.open[kind];
      await expect(byPassword(system, user)).rejects.toThrow('flow not enabled for this client');
      const tokens = await byCode(system, user);

      const [ofEarly, ofCode] = [
        await refreshTwice(system, user, early),
        await refreshTwice(system, user, tokens.RefreshToken),
      ];

      expect([claimOf(tokens), ...ofEarly.claims, ...ofCode.claims]).toEqual(Array(5).fill(undefined));
      sessions.set(kind, [ofEarly.newest, ofCode.newest, idle]);
      const dimensions = { service: 'guard-tokens', client: user.clientId };
      expect(system.metrics.sumOf({ name: 'TokensReported', dimensions })).toBe(0);
    },
  );
});

describe('from the date on', () => {
  beforeAll(() => void system.faults.set({ clockOffsetSeconds: 61 * MINUTE }));

  it.each(KINDS)(
    'a client that %s refuses every refresh, and says of a code that it was one',
    async (kind) => {
      const [user, tokens] = [userAt(kind), sessions.get(kind) ?? []];

      expect(tokens).toHaveLength(3);
      for (const token of tokens)
        await expect(refresh(system, user, token)).rejects.toMatchObject({
          name: 'UserLambdaValidationException',
        });
      expect(claimOf(await byCode(system, user))).toBe('verified');
    },
  );
});

describe('once everybody is signed out', () => {
  beforeAll(async () => {
    // It is known everywhere that they were open before anybody is signed out.
    system.faults.set({ clockOffsetSeconds: 64 * MINUTE });
    await attach('--revoke');
    // The guard looks the records up every minute.
    system.faults.set({ clockOffsetSeconds: 67 * MINUTE });
  });

  it.each(KINDS)('a client that %s says of each sign-in and of each refresh what it is', async (kind) => {
    for (const token of sessions.get(kind) ?? [])
      await expect(refresh(system, userAt(kind), token)).rejects.toThrow('Refresh Token has been revoked');
    const tokens = await byCode(system, userAt(kind));

    const { claims } = await refreshTwice(system, userAt(kind), tokens.RefreshToken);

    expect([claimOf(tokens), ...claims]).toEqual(['verified', 'refreshed', 'refreshed']);
  });
});
