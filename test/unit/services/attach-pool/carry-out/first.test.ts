import { describe, expect, it } from 'vitest';
import { answeredId, carryOut, poolIdOf } from '../../../../../services/attach-pool/carry-out.ts';
import {
  aClient,
  aPool,
  attachedTo,
  LATER,
  NOW,
  OTHER,
  OTHER_TRIGGERS,
  POOL_ARN,
  POOL_ID,
  TRIGGERS,
} from '../../../../support/pools/pools.ts';
import { anEvent, anOrder, aWorld, type World } from '../a-live-pool.ts';

const OTHER_ID = 'eu-west-1_Other';

const run = (world: World, ...event: Parameters<typeof anEvent>) =>
  carryOut(world.dependencies, anEvent(...event));

/** As the command leaves it: what was there before is in a file of somebody else. */
const byCommand = () => aWorld({ pool: aPool({ LambdaConfig: attachedTo(TRIGGERS) }) });

describe('a pool that somebody else has attached to our functions', () => {
  it('is refused, because nobody here knows what was there before', async () => {
    const world = byCommand();

    await expect(run(world, 'Create')).rejects.toThrow(/what was there before .* detach it first/);
    expect(world.names()).not.toContain('updatePool');
  });

  it('is left to them when the refused custom resource is deleted', async () => {
    const world = byCommand();
    const event = anEvent('Create');
    await expect(carryOut(world.dependencies, event)).rejects.toThrow();
    await run(world, 'Delete', anOrder(), answeredId(event, 'FAILED'));

    expect(world.configOf()).toEqual(attachedTo(TRIGGERS));
    expect(world.kept.size).toBe(0);
  });

  it('is attached once they have detached it', async () => {
    const world = byCommand();
    await expect(run(world, 'Create')).rejects.toThrow();
    world.lives.set(POOL_ID, { pool: aPool(), clients: {} });
    await run(world, 'Create');
    expect(world.configOf()).toEqual(attachedTo(TRIGGERS));

    await run(world, 'Delete', anOrder(), POOL_ID);
    expect(world.configOf()).toEqual({});
  });

  it('is refused, and left to them, when a custom resource is given it in place of another', async () => {
    const world = byCommand();
    const Arn = POOL_ARN.replace(POOL_ID, OTHER_ID);
    world.lives.set(OTHER_ID, { pool: aPool({ Id: OTHER_ID, Arn }), clients: {} });
    await run(world, 'Create', anOrder({ userPoolId: OTHER_ID }));

    const event = anEvent('Update', anOrder(), OTHER_ID);
    await expect(carryOut(world.dependencies, event)).rejects.toThrow(/detach it first/);
    expect(answeredId(event, 'FAILED')).toBe(OTHER_ID);
    await run(world, 'Delete', anOrder(), POOL_ID);
    expect(world.configOf()).toEqual(attachedTo(TRIGGERS));
    expect(world.configOf(OTHER_ID)).toEqual(attachedTo(TRIGGERS));
  });
});

describe('functions of before, although the parameter was lost', () => {
  const update = (order = anOrder({ triggers: OTHER_TRIGGERS })) => ({
    ...anEvent('Update', order),
    OldResourceProperties: anEvent('Create').ResourceProperties,
  });

  it('are ours, and do not come back in the end', async () => {
    const world = aWorld();
    await run(world, 'Create');
    world.kept.clear();
    await carryOut(world.dependencies, update());
    expect(world.configOf()).toEqual(attachedTo(OTHER_TRIGGERS));

    await run(world, 'Delete', anOrder({ triggers: OTHER_TRIGGERS }));
    expect(world.configOf()).toEqual({});
  });

  it('do not take the place of what was there before them, where that is kept', async () => {
    const world = aWorld({ pool: aPool({ LambdaConfig: { CreateAuthChallenge: OTHER } }) });
    const replace = ['CreateAuthChallenge'] as const;
    await run(world, 'Create', anOrder({ replace }));
    await carryOut(world.dependencies, update(anOrder({ triggers: OTHER_TRIGGERS, replace })));
    await run(world, 'Delete', anOrder({ triggers: OTHER_TRIGGERS, replace }));

    expect(world.configOf()).toEqual({ CreateAuthChallenge: OTHER });
  });
});

it('the short session of a client that was deleted since is nothing to refuse for', async () => {
  const world = aWorld();
  const accept = ['web:session'];
  await run(world, 'Create', anOrder({ accept }));
  const { pool } = world.lives.get(POOL_ID) ?? expect.unreachable();
  world.lives.set(POOL_ID, { pool, clients: {} });

  await expect(run(world, 'Update', anOrder({ accept, codeSeconds: 600 }))).resolves.toMatchObject({
    outcome: 'attached',
  });
});

describe('refresh tokens from before, at a client that does not report,', () => {
  const replaced = anOrder({ replace: ['DefineAuthChallenge'] });
  const taintsOf = async (order: typeof replaced) => {
    const world = aWorld({
      pool: aPool({ LambdaConfig: { DefineAuthChallenge: OTHER } }),
      clients: { web: aClient() },
    });
    await run(world, 'Create', order);
    return world.taints;
  };

  it('are good until the date that the app gives', async () => {
    expect(await taintsOf({ ...replaced, refreshUntil: LATER })).toEqual([['web', LATER]]);
  });

  it('are refused at once without one', async () => {
    expect(await taintsOf(replaced)).toEqual([['web', new Date(NOW).toISOString()]]);
  });

  it('are good until its own date if it reports', async () => {
    const reporting = { web: { until: LATER } };
    const refreshUntil = new Date(NOW + 1).toISOString();

    expect(await taintsOf({ ...replaced, reporting, refreshUntil })).toEqual([['web', LATER]]);
  });
});

describe('the id of the custom resource', () => {
  it.each(['Create', 'Update'] as const)('is that of the pool that is asked for, in a %s', (request) => {
    const event = anEvent(request, anOrder({ userPoolId: 'eu-west-1_New' }), 'eu-west-1_Old');

    expect(poolIdOf(event)).toBe('eu-west-1_New');
  });

  it('is that of the pool from before when it is deleted', () => {
    expect(poolIdOf(anEvent('Delete', anOrder(), 'eu-west-1_Old'))).toBe('eu-west-1_Old');
  });

  it('is that of the properties where CloudFormation made one up', () => {
    expect(poolIdOf(anEvent('Delete', anOrder(), 'Shop-Attachment-1ABCDEF2GHIJ'))).toBe(POOL_ID);
  });

  it.each([
    ['Create', undefined, 'FAILED', POOL_ID],
    ['Create', undefined, 'SUCCESS', POOL_ID],
    ['Update', POOL_ID, 'FAILED', POOL_ID],
    ['Update', OTHER_ID, 'FAILED', OTHER_ID],
    ['Update', OTHER_ID, 'SUCCESS', POOL_ID],
    ['Delete', 'Shop-Attachment-1ABCDEF2GHIJ', 'SUCCESS', 'Shop-Attachment-1ABCDEF2GHIJ'],
    ['Delete', POOL_ID, 'FAILED', POOL_ID],
  ] as const)('in a %s of %s that ends in %s is %s', (request, before, status, id) => {
    const { PhysicalResourceId, ...event } = anEvent(request);

    expect(
      answeredId({ ...event, ...(before !== undefined && { PhysicalResourceId: before }) }, status),
    ).toBe(id);
  });
});
