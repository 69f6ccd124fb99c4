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

// A pool whose users are signed in when it is attached, at two clients that report until a date: the refresh tokens of the one
// rotate, those of the other do not. Each test continues where the one before ended.

const POOL_ID = 'us-east-1_Reports1';
/** In seconds. */
const MINUTE = 60;

let system: TestSystem;
let commands: PoolCommands;
let pool: SignedInPool;
const userAt = (kind: Kind) => pool.open[kind].user;
/** Refresh tokens by kind of client, of each session the newest. */
const sessions = new Map<Kind, readonly string[]>();

beforeAll(async () => {
  system = await startTestSystem();
  pool = await createSignedInPool(system, POOL_ID);
  await system.close();
  const until = new Date(system.clock.now() + 60 * MINUTE * 1000).toISOString();
  const reportingClients = Object.fromEntries(
    KINDS.map((kind) => [userAt(kind).clientId, { until, reason: 'Its app has no field for a code yet' }]),
  );
  const context = { poolId: POOL_ID, reportingClients: JSON.stringify(reportingClients) };
  system = await startAppSystem('pool-elsewhere', context, { folder: system.folder });
  const { outputs = {} } = system.otps.find(({ id }) => id === 'ElsewhereOtp') ?? {};
  commands = await startPoolCommands(system, outputs);
});
afterAll(async () => {
  commands[Symbol.dispose]();
  await stopTestSystem(system);
});

const REFUSED = { name: 'UserLambdaValidationException' };

describe('before the date', () => {
  it.each(KINDS)(
    'a client that %s gives tokens without a code, which say so by having no claim',
    async (kind) => {
      const { user, early, idle } = pool.open[kind];
      const reported = await byPassword(system, user);

      const [ofEarly, ofReported] = [
        await refreshTwice(system, user, early),
        await refreshTwice(system, user, reported.RefreshToken),
      ];

      expect([claimOf(reported), ...ofEarly.claims, ...ofReported.claims]).toEqual(Array(5).fill(undefined));
      const rotates = kind === 'rotates its refresh tokens';
      expect([ofEarly.rotates, ofReported.rotates]).toEqual([rotates, rotates]);
      const dimensions = { service: 'guard-tokens', client: user.clientId };
      expect(system.metrics.sumOf({ name: 'TokensReported', dimensions })).toBe(1);
      sessions.set(kind, [ofEarly.newest, ofReported.newest, idle]);
    },
  );

  it.each(KINDS)(
    'a client that %s gives no claim for a code either, as nothing tells its tokens apart',
    async (kind) => {
      const tokens = await byCode(system, userAt(kind));
      const { claims } = await refreshTwice(system, userAt(kind), tokens.RefreshToken);

      expect([claimOf(tokens), ...claims]).toEqual(Array(3).fill(undefined));
    },
  );

  it('a client that never was open says what it always says', async () => {
    const { closed } = pool;
    const tokens = await byCode(system, closed);

    expect(claimOf(tokens)).toBe('verified');
    expect(claimOf(await refresh(system, closed, tokens.RefreshToken))).toBe('refreshed');
    const dimensions = { service: 'guard-tokens', client: closed.clientId };
    expect(system.metrics.sumOf({ name: 'TokensReported', dimensions })).toBe(0);
  });
});

describe('from the date on', () => {
  beforeAll(() => void system.faults.set({ clockOffsetSeconds: 61 * MINUTE }));

  it.each(KINDS)('a client that %s refuses sign-ins without a code, and every refresh', async (kind) => {
    await expect(byPassword(system, userAt(kind))).rejects.toMatchObject(REFUSED);
    expect(sessions.get(kind)).toHaveLength(3);
    for (const token of sessions.get(kind) ?? [])
      await expect(refresh(system, userAt(kind), token)).rejects.toMatchObject(REFUSED);
  });

  it.each(KINDS)(
    'a client that %s says of a sign-in with a code that it was one, and refuses its refresh',
    async (kind) => {
      const tokens = await byCode(system, userAt(kind));

      expect(claimOf(tokens)).toBe('verified');
      await expect(refresh(system, userAt(kind), tokens.RefreshToken)).rejects.toMatchObject(REFUSED);
    },
  );
});

describe('once the clients are closed and everybody is signed out', () => {
  const closing = () => KINDS.flatMap((kind) => ['--close', userAt(kind).clientId]);

  beforeAll(async () => {
    const early = await commands.run('attach', '--revoke', '--yes');
    expect([early.exit, early.stderr]).toEqual([EXIT.refused, expect.stringContaining('too early')]);
    for (const words of [closing(), ['--revoke']]) {
      const { exit, stderr } = await commands.run('attach', ...words, '--yes');
      expect(exit, stderr).toBe(EXIT.done);
      // It is known everywhere that they were open before anybody is signed out.
      system.faults.set({ clockOffsetSeconds: 64 * MINUTE });
    }
    // The guard looks the records up every minute.
    system.faults.set({ clockOffsetSeconds: 67 * MINUTE });
  });

  it.each(KINDS)('a client that %s knows no session from before', async (kind) => {
    expect(sessions.get(kind)).toHaveLength(3);
    for (const token of sessions.get(kind) ?? [])
      await expect(refresh(system, userAt(kind), token)).rejects.toThrow('Refresh Token has been revoked');
  });

  it.each(KINDS)('a client that %s says of each sign-in and of each refresh what it is', async (kind) => {
    const tokens = await byCode(system, userAt(kind));

    const { claims } = await refreshTwice(system, userAt(kind), tokens.RefreshToken);

    expect([claimOf(tokens), ...claims]).toEqual(['verified', 'refreshed', 'refreshed']);
  });
});
