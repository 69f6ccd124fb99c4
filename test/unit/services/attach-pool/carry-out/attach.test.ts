import { describe, expect, it } from 'vitest';
import { carryOut } from '../../../../../services/attach-pool/carry-out.ts';
import {
  aClient,
  aPool,
  attachedTo,
  EARLIER,
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
const SRP = aClient({ ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] });

const run = (world: World, ...event: Parameters<typeof anEvent>) =>
  carryOut(world.dependencies, anEvent(...event));

const withOther = (world: World) => {
  const Arn = POOL_ARN.replace(POOL_ID, OTHER_ID);
  world.lives.set(OTHER_ID, { pool: aPool({ Id: OTHER_ID, Arn }), clients: {} });
};

describe('a pool is attached', () => {
  it('with all four triggers, and everything else as it was', async () => {
    const world = aWorld();
    const { LambdaConfig, LastModifiedDate, ...before } = aPool();

    await expect(run(world, 'Create')).resolves.toEqual({ outcome: 'attached', changes: 5 });

    const { LambdaConfig: config, LastModifiedDate: date, ...after } = world.lives.get(POOL_ID)?.pool ?? {};
    expect(config).toEqual(attachedTo(TRIGGERS));
    expect(after).toEqual(before);
  });

  it('only after what undoes it is kept', async () => {
    const world = aWorld();
    await run(world, 'Create');

    const names = world.names();
    const before = names.slice(0, names.indexOf('updatePool'));
    // That attaching has begun, and what was there.
    expect(before.filter((name) => name === 'writeUndo')).toHaveLength(2);
  });

  it('again without a write', async () => {
    const world = aWorld();
    await run(world, 'Create');
    world.endAt(undefined);

    await expect(run(world, 'Create')).resolves.toEqual({ outcome: 'attached', changes: 0 });
    expect(world.names()).not.toContain('updatePool');
  });

  it('in the event version that is asked for', async () => {
    const world = aWorld();
    await run(world, 'Create', anOrder({ eventVersion: 'V2_0' }));

    expect(world.configOf()).toEqual(attachedTo(TRIGGERS, 'V2_0'));
  });

  it('if somebody else changes it once in between', async () => {
    const world = aWorld();
    const { write } = world.dependencies.undo;
    let isChanged = false;
    const undo = {
      ...world.dependencies.undo,
      write: async (...args: Parameters<typeof write>) => {
        if (!isChanged) world.setPool({ Name: 'clients' });
        isChanged = true;
        await write(...args);
      },
    };

    await carryOut({ ...world.dependencies, undo }, anEvent('Create'));

    expect(world.configOf()).toEqual(attachedTo(TRIGGERS));
    expect(world.lives.get(POOL_ID)?.pool.Name).toBe('clients');
  });
});

describe('a pool is refused, and left as it is', () => {
  it('with an open client, which is named with what to do', async () => {
    const world = aWorld({ clients: { web: SRP } });

    await expect(run(world, 'Create')).rejects.toThrow(
      /^The user pool eu-west-1_AbCdEfGhI is left as it is\. web \(web-app\): .*ALLOW_USER_SRP_AUTH.*reportingClients/,
    );
    expect(world.configOf()).toEqual({});
    expect(world.names()).not.toContain('updatePool');
    expect(world.kept.get(POOL_ID)).toEqual({ changes: [], done: [], unattached: true });
    expect(world.taints).toEqual([]);
  });

  it('with a client whose time is over', async () => {
    const world = aWorld({ clients: { web: SRP } });
    const order = anOrder({ reporting: { web: { until: EARLIER } } });

    await expect(run(world, 'Create', order)).rejects.toThrow('web (web-app)');
  });

  it('with the trigger of somebody else, unless it is named', async () => {
    const world = aWorld({ pool: aPool({ LambdaConfig: { CreateAuthChallenge: OTHER } }) });

    await expect(run(world, 'Create')).rejects.toThrow(OTHER);
    await run(world, 'Create', anOrder({ replace: ['CreateAuthChallenge'] }));
    expect(world.configOf()).toEqual(attachedTo(TRIGGERS));
  });

  it('with a door, unless it is accepted', async () => {
    const world = aWorld({ pool: aPool({ DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } }) });

    await expect(run(world, 'Create')).rejects.toThrow('devices: The pool remembers devices');
    await run(world, 'Create', anOrder({ accept: ['devices'] }));
    expect(world.configOf()).toEqual(attachedTo(TRIGGERS));
  });

  it('with a role for text messages, unless it is named', async () => {
    const SnsCallerArn = 'arn:aws:iam::111122223333:role/texts';
    const world = aWorld({ pool: aPool({ SmsConfiguration: { SnsCallerArn } }) });

    await expect(run(world, 'Create')).rejects.toThrow('existingPool.smsRoleArn');
    await run(world, 'Create', anOrder({ smsRoleArn: SnsCallerArn }));
    expect(world.configOf()).toEqual(attachedTo(TRIGGERS));
  });
});

describe('a client that reports', () => {
  const order = anOrder({ reporting: { web: { until: LATER } } });

  it('is on record until its date, before the guard is called', async () => {
    const world = aWorld({ clients: { web: SRP } });
    await run(world, 'Create', order);

    expect(world.taints).toEqual([['web', LATER]]);
    const names = world.names();
    expect(names.indexOf('taint')).toBeLessThan(names.indexOf('updatePool'));
  });

  it('is not on record if it always needed a code', async () => {
    const world = aWorld();
    await run(world, 'Create', order);

    expect(world.taints).toEqual([]);
  });

  it('loses its old refresh tokens at once where custom authentication was somebody else’s', async () => {
    const world = aWorld({ pool: aPool({ LambdaConfig: { DefineAuthChallenge: OTHER } }) });
    await run(world, 'Create', anOrder({ replace: ['DefineAuthChallenge'] }));

    expect(world.taints).toEqual([['web', new Date(NOW).toISOString()]]);
  });
});

describe('functions of another deployment', () => {
  it('take the places of those that were ours, which are nobody else’s', async () => {
    const world = aWorld();
    await run(world, 'Create');
    await run(world, 'Update', anOrder({ triggers: OTHER_TRIGGERS }));

    expect(world.configOf()).toEqual(attachedTo(OTHER_TRIGGERS));
    expect(world.taints).toEqual([]);
  });

  it('do not make us forget what was there before both', async () => {
    const world = aWorld({ pool: aPool({ LambdaConfig: { CreateAuthChallenge: OTHER } }) });
    const replace = ['CreateAuthChallenge'] as const;
    await run(world, 'Create', anOrder({ replace }));
    await run(world, 'Update', anOrder({ triggers: OTHER_TRIGGERS, replace }));
    await run(world, 'Delete', anOrder({ triggers: OTHER_TRIGGERS, replace }));

    expect(world.configOf()).toEqual({ CreateAuthChallenge: OTHER });
  });
});

describe('another pool', () => {
  it('is attached, and the one before stays until CloudFormation deletes it', async () => {
    const world = aWorld();
    withOther(world);
    await run(world, 'Create');
    await run(world, 'Update', anOrder({ userPoolId: OTHER_ID }));

    expect([world.configOf(), world.configOf(OTHER_ID)]).toEqual(Array(2).fill(attachedTo(TRIGGERS)));

    await run(world, 'Delete');
    expect(world.configOf()).toEqual({});
    expect(world.configOf(OTHER_ID)).toEqual(attachedTo(TRIGGERS));
    expect([...world.kept.keys()]).toEqual([OTHER_ID]);
  });

  it('keeps nothing of ours if it cannot be attached as a whole', async () => {
    const world = aWorld();
    withOther(world);
    await run(world, 'Create');
    const { poolApi } = world.dependencies;
    const failing = (poolId: string) => ({
      ...poolApi(poolId),
      updatePool: async (input: Parameters<ReturnType<typeof poolApi>['updatePool']>[0]) => {
        await poolApi(poolId).updatePool(input);
        if (JSON.stringify(input).includes('otp-')) throw new Error('the connection was lost');
      },
    });
    const event = anEvent('Update', anOrder({ userPoolId: OTHER_ID }));

    await expect(carryOut({ ...world.dependencies, poolApi: failing }, event)).rejects.toThrow('connection');
    expect(world.configOf(OTHER_ID)).toEqual({});
    expect(world.configOf()).toEqual(attachedTo(TRIGGERS));
  });
});
