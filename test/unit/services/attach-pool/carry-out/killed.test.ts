import { describe, expect, it } from 'vitest';
import { carryOut } from '../../../../../services/attach-pool/carry-out.ts';
import {
  aClient,
  aPool,
  attachedTo,
  LATER,
  OTHER,
  POOL_ID,
  TRIGGERS,
} from '../../../../support/pools/pools.ts';
import { anEvent, anOrder, aWorld, type Ending, Killed } from '../a-live-pool.ts';

const ORDER = anOrder({ replace: ['DefineAuthChallenge'], reporting: { web: { until: LATER } } });
const BEFORE = { DefineAuthChallenge: OTHER, PreSignUp: OTHER };

const aBusyWorld = () =>
  aWorld({
    pool: aPool({ LambdaConfig: BEFORE }),
    clients: { web: aClient({ ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] }) },
  });

const ENDINGS: readonly Ending['when'][] = ['before', 'after'];

/** Calls again from the start as Lambda does, each time one call further, until it comes to its end. */
const untilDone = async (
  world: ReturnType<typeof aBusyWorld>,
  event: ReturnType<typeof anEvent>,
  when: Ending['when'],
) => {
  for (let at = 1; at < 100; at += 1) {
    world.endAt({ at, when });
    try {
      await carryOut(world.dependencies, event);
      return at;
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
  }
  return expect.unreachable();
};

describe.each(ENDINGS)('a function that is ended %s any of its calls', (when) => {
  it('and called again attaches the pool, and knows what was there', async () => {
    const world = aBusyWorld();
    const ended = await untilDone(world, anEvent('Create', ORDER), when);

    expect(ended).toBeGreaterThan(8);
    expect(world.configOf()).toEqual({ PreSignUp: OTHER, ...attachedTo(TRIGGERS) });
    expect(new Set(world.taints.map(([clientId]) => clientId))).toEqual(new Set(['web']));
    world.endAt(undefined);
    await carryOut(world.dependencies, anEvent('Delete', ORDER));
    expect(world.configOf()).toEqual(BEFORE);
  });

  it('and called again detaches the pool', async () => {
    const world = aBusyWorld();
    await carryOut(world.dependencies, anEvent('Create', ORDER));
    const ended = await untilDone(world, anEvent('Delete', ORDER), when);

    expect(ended).toBeGreaterThan(5);
    expect(world.configOf()).toEqual(BEFORE);
    expect(world.kept.size).toBe(0);
  });

  it('and then asked to put everything back leaves nothing of ours', async () => {
    for (let at = 1; at < 100; at += 1) {
      const world = aBusyWorld();
      world.endAt({ at, when });
      const isDone = await carryOut(world.dependencies, anEvent('Create', ORDER)).then(
        () => true,
        () => false,
      );
      world.endAt(undefined);
      await carryOut(world.dependencies, anEvent('Delete', ORDER));

      expect(world.configOf(), `ended at call ${at}`).toEqual(BEFORE);
      expect(world.kept.has(POOL_ID)).toBe(false);
      if (isDone) return;
    }
    expect.unreachable();
  });
});
