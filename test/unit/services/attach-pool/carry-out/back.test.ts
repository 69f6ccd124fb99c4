import { describe, expect, it } from 'vitest';
import { carryOut } from '../../../../../services/attach-pool/carry-out.ts';
import {
  aClient,
  aPool,
  attachedTo,
  LATER,
  NOW,
  OTHER,
  OTHER_TRIGGERS,
  POOL_ID,
  TRIGGERS,
} from '../../../../support/pools/pools.ts';
import { anEvent, anOrder, aWorld, type World } from '../a-live-pool.ts';

const run = (world: World, ...event: Parameters<typeof anEvent>) =>
  carryOut(world.dependencies, anEvent(...event));

describe('when the stack goes back', () => {
  it('the old functions are there again, although a client was opened since', async () => {
    const world = aWorld();
    await run(world, 'Create');
    await run(world, 'Update', anOrder({ triggers: OTHER_TRIGGERS }));
    const { pool } = world.lives.get(POOL_ID) ?? expect.unreachable();
    const clients = { web: aClient({ ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] }) };
    world.lives.set(POOL_ID, { pool, clients });

    await run(world, 'Update');

    expect(world.configOf()).toEqual(attachedTo(TRIGGERS));
    expect(world.taints).toEqual([]);
  });

  it('and the update had been refused, it succeeds without a write', async () => {
    const world = aWorld();
    await run(world, 'Create');
    const { pool } = world.lives.get(POOL_ID) ?? expect.unreachable();
    const clients = { web: aClient({ ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] }) };
    world.lives.set(POOL_ID, { pool: { ...pool, DeviceConfiguration: {} }, clients });
    const next = anOrder({ triggers: OTHER_TRIGGERS });
    await expect(run(world, 'Update', next)).rejects.toThrow('is left as it is');
    world.endAt(undefined);

    await expect(run(world, 'Update')).resolves.toEqual({ outcome: 'attached', changes: 0 });
    expect(world.names()).not.toContain('updatePool');
  });

  it('although the date of a client is over by now', async () => {
    const world = aWorld({ clients: { web: aClient({ ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] }) } });
    const order = anOrder({ reporting: { web: { until: LATER } } });
    await run(world, 'Create', order);
    const later = { ...world.dependencies, now: () => Date.parse(LATER) + 1 };
    const longer = { ...order, codeSeconds: 600 };
    await expect(carryOut(later, anEvent('Update', longer))).rejects.toThrow('is left as it is');

    await expect(carryOut(later, anEvent('Update', order))).resolves.toMatchObject({ outcome: 'attached' });
  });

  it.each([
    ['off', {}],
    ['replaced', { ...attachedTo(TRIGGERS), PreTokenGeneration: OTHER, PreTokenGenerationConfig: undefined }],
  ])('a client that was opened is on record if the guard was %s meanwhile', async (_, LambdaConfig) => {
    const world = aWorld();
    await run(world, 'Create', anOrder({ replace: ['PreTokenGeneration'] }));
    world.setPool({ LambdaConfig });
    const { pool } = world.lives.get(POOL_ID) ?? expect.unreachable();
    const clients = { web: aClient({ ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] }) };
    world.lives.set(POOL_ID, { pool, clients });
    await run(world, 'Update', anOrder({ replace: ['PreTokenGeneration'] }));

    expect(world.configOf()).toEqual(attachedTo(TRIGGERS));
    expect(world.taints).toEqual([['web', new Date(NOW).toISOString()]]);
  });

  it('the pool that it goes back to stays attached, whatever fails', async () => {
    const world = aWorld();
    await run(world, 'Create');
    const { poolApi } = world.dependencies;
    let calls = 0;
    const failing = (poolId: string) => ({
      ...poolApi(poolId),
      describePool: async () => {
        calls += 1;
        if (calls === 1) throw new Error('the connection was lost');
        return await poolApi(poolId).describePool();
      },
    });
    const event = anEvent('Update', anOrder(), 'eu-west-1_Other');

    await expect(carryOut({ ...world.dependencies, poolApi: failing }, event)).rejects.toThrow('connection');
    expect(world.configOf()).toEqual(attachedTo(TRIGGERS));
  });

  it('goes no further back than to what was deployed before', async () => {
    const world = aWorld();
    const orders = [TRIGGERS, OTHER_TRIGGERS].map((triggers) => anOrder({ triggers }));
    for (const order of [...orders, anOrder({ codeSeconds: 600 })]) await run(world, 'Update', order);

    expect(world.kept.get(POOL_ID)?.done).toHaveLength(2);
    const { pool } = world.lives.get(POOL_ID) ?? expect.unreachable();
    const clients = { web: aClient({ ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] }) };
    world.lives.set(POOL_ID, { pool, clients });
    await expect(run(world, 'Update', orders[0])).rejects.toThrow('is left as it is');
  });
});

describe('when it is deleted', () => {
  it('the pool gets back what was there, and nothing is kept', async () => {
    const LambdaConfig = { PreSignUp: OTHER, VerifyAuthChallengeResponse: OTHER };
    const world = aWorld({ pool: aPool({ LambdaConfig }) });
    const order = anOrder({ replace: ['VerifyAuthChallengeResponse'] });
    await run(world, 'Create', order);

    await expect(run(world, 'Delete', order)).resolves.toEqual({ outcome: 'detached', changes: 5 });
    expect(world.configOf()).toEqual(LambdaConfig);
    expect(world.kept.size).toBe(0);
  });

  it('what somebody else has set since stays', async () => {
    const world = aWorld();
    await run(world, 'Create');
    const config = { ...attachedTo(TRIGGERS), CreateAuthChallenge: OTHER, PostConfirmation: OTHER };
    world.setPool({ LambdaConfig: config, Name: 'clients' });
    await run(world, 'Delete');

    expect(world.configOf()).toEqual({ CreateAuthChallenge: OTHER, PostConfirmation: OTHER });
    expect(world.lives.get(POOL_ID)?.pool.Name).toBe('clients');
  });

  it('our functions go, although nobody knows any more what was there', async () => {
    const world = aWorld();
    await run(world, 'Create');
    world.kept.clear();
    await run(world, 'Delete');

    expect(world.configOf()).toEqual({});
  });

  it('nothing is written if it was never attached', async () => {
    const world = aWorld();

    await expect(run(world, 'Delete')).resolves.toEqual({ outcome: 'detached', changes: 0 });
    expect(world.names()).not.toContain('updatePool');
  });

  it('a pool that is gone is no failure, and nothing is kept of it', async () => {
    const world = aWorld();
    await run(world, 'Create');
    world.lives.clear();

    await expect(run(world, 'Delete')).resolves.toEqual({ outcome: 'poolGone', changes: 0 });
    expect(world.kept.size).toBe(0);
  });

  it('any other failure is one, so that functions stay which the pool still calls', async () => {
    const world = aWorld();
    await run(world, 'Create');
    const denied = Object.assign(new Error('not allowed'), { name: 'AccessDeniedException' });
    const poolApi = (poolId: string) => ({
      ...world.dependencies.poolApi(poolId),
      updatePool: () => Promise.reject(denied),
    });

    await expect(carryOut({ ...world.dependencies, poolApi }, anEvent('Delete'))).rejects.toThrow(denied);
    expect(world.kept.size).toBe(1);
  });
});
