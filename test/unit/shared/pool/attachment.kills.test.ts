import { describe, expect, test } from 'vitest';
import type { Attached, Detached } from '../../../../shared/pool/attachment.ts';
import type { PoolApi } from '../../../../shared/pool/pool-api.ts';
import { createKeeping, type Keeping } from '../../../support/pools/keeping.ts';
import { aClient, aPool, aWish, OTHER } from '../../../support/pools/pools.ts';
import { type AtCall, createRecordedPool } from '../../../support/pools/recorded-pool.ts';

// Attach and detach ended at each of their calls, right before it takes effect and right after, and run again.

const CLIENTS = {
  web: aClient({ ExplicitAuthFlows: undefined, WriteAttributes: ['email', 'name'] }),
  mobile: aClient({
    ExplicitAuthFlows: ['ALLOW_USER_AUTH'],
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ['code'],
  }),
  safe: aClient(),
};
const POOL = aPool({
  LambdaConfig: { PreSignUp: OTHER, VerifyAuthChallengeResponse: OTHER },
  AccountRecoverySetting: undefined,
  DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
});
const WISH = aWish({
  close: ['web', 'web:email', 'mobile', 'recovery', 'devices'],
  replace: ['VerifyAuthChallengeResponse'],
});

const start = () => createRecordedPool({ pool: JSON.parse(JSON.stringify(POOL)), clients: CLIENTS });
type Recorded = ReturnType<typeof start>;

const contentOf = ({ pool, client }: Recorded) => [pool(), ...Object.keys(CLIENTS).map(client)];

const killAt =
  (call: number, moment: 'before' | 'after'): AtCall =>
  (index, _, when) => {
    if (index === call && when === moment) throw new Error('killed');
  };

type Run = (keeping: Keeping, api: PoolApi) => Promise<Attached | Detached>;
const attaching: Run = (keeping, api) => keeping.attach(api, WISH);
const detaching: Run = (keeping, api) => keeping.detach(api);

/** All that each has to be after it has run to its end: what it is without being killed. */
const undisturbed = async () => {
  const recorded = start();
  const keeping = createKeeping();
  const before = contentOf(recorded);
  await attaching(keeping, recorded.api);
  const attached = contentOf(recorded);
  const calls = recorded.calls.length;
  await detaching(keeping, recorded.api);
  return { before, attached, attachCalls: calls, detachCalls: recorded.calls.length - calls };
};

const isKilled = async (run: Promise<unknown>): Promise<boolean> => {
  const error = await run.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Error && error.message !== 'killed') throw error;
  return error !== undefined;
};

test('without being killed, detach gives back what attach found', async () => {
  const { before, attached, attachCalls, detachCalls } = await undisturbed();

  expect(attached).not.toEqual(before);
  expect([attachCalls, detachCalls]).toEqual([6 + 3 + 4 + 6, 6 + 4 + 3 + 6]);
});

describe.each(['before', 'after'] as const)('killed %s any call takes effect', (moment) => {
  test('attach ends the same when it is run again, and can be undone', async () => {
    const expected = await undisturbed();
    for (let call = 0; call < expected.attachCalls; call += 1) {
      const recorded = start();
      const keeping = createKeeping();
      expect(await isKilled(attaching(keeping, recorded.connect(killAt(call, moment)).api))).toBe(true);

      expect(await attaching(keeping, recorded.api)).toMatchObject({ kind: 'done' });
      expect(contentOf(recorded)).toEqual(expected.attached);
      expect(keeping.tainted()).toEqual(['web', 'mobile', 'safe']);
      expect(await detaching(keeping, recorded.api)).toMatchObject({ kind: 'done', left: [] });
      expect(contentOf(recorded)).toEqual(expected.before);
    }
  });

  test('attach can be undone at once', async () => {
    const expected = await undisturbed();
    for (let call = 0; call < expected.attachCalls; call += 1) {
      const recorded = start();
      const keeping = createKeeping();
      await isKilled(attaching(keeping, recorded.connect(killAt(call, moment)).api));

      expect(await detaching(keeping, recorded.api)).toMatchObject({ kind: 'done', left: [] });
      expect(contentOf(recorded)).toEqual(expected.before);
    }
  });

  test('detach ends the same when it is run again', async () => {
    const expected = await undisturbed();
    for (let call = 0; call < expected.detachCalls; call += 1) {
      const recorded = start();
      const keeping = createKeeping();
      await attaching(keeping, recorded.api);
      expect(await isKilled(detaching(keeping, recorded.connect(killAt(call, moment)).api))).toBe(true);

      expect(await detaching(keeping, recorded.api)).toMatchObject({ kind: 'done', left: [] });
      expect(contentOf(recorded)).toEqual(expected.before);
    }
  });

  test('detach can be followed by attach, and that be undone', async () => {
    const expected = await undisturbed();
    for (let call = 0; call < expected.detachCalls; call += 1) {
      const recorded = start();
      const keeping = createKeeping();
      await attaching(keeping, recorded.api);
      await isKilled(detaching(keeping, recorded.connect(killAt(call, moment)).api));

      expect(await attaching(keeping, recorded.api)).toMatchObject({ kind: 'done' });
      expect(contentOf(recorded)).toEqual(expected.attached);
      await detaching(keeping, recorded.api);
      expect(contentOf(recorded)).toEqual(expected.before);
    }
  });
});

test('killed while it keeps what undoes it, attach has written nothing', async () => {
  const recorded = start();
  const before = contentOf(recorded);
  const keeping = createKeeping(() => {
    throw new Error('killed');
  });

  expect(await isKilled(attaching(keeping, recorded.api))).toBe(true);
  expect(contentOf(recorded)).toEqual(before);
  expect(recorded.calls.filter((call) => call.startsWith('update'))).toEqual([]);
});
