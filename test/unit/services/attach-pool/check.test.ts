import { describe, expect, it } from 'vitest';
import { lookForDrift } from '../../../../services/attach-pool/check.ts';
import {
  aClient,
  aPool,
  attachedTo,
  EARLIER,
  LATER,
  NOW,
  OTHER,
  TRIGGERS,
} from '../../../support/pools/pools.ts';
import { anOrder, aWorld, type Life } from './a-live-pool.ts';

const ATTACHED = aPool({ LambdaConfig: attachedTo(TRIGGERS) });
const SRP = aClient({ ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] });

const check = async (life: Partial<Life>, order = anOrder()) => {
  const world = aWorld({ pool: ATTACHED, ...life });
  const measured: unknown[] = [];
  const measure = (values: unknown) => void measured.push(values);
  const { poolApi } = world.dependencies;
  const checked = await lookForDrift({ poolApi, measure, now: () => NOW }, order);
  return { ...checked, measured, names: world.names() };
};

describe('the check of a pool', () => {
  it('measures that there is nothing', async () => {
    expect(await check({})).toMatchObject({ findings: 0, kinds: {}, at: [], measured: [{ PoolDrift: 0 }] });
  });

  it('measures how much there is, and says what and where', async () => {
    const { CreateAuthChallenge, ...three } = attachedTo(TRIGGERS);
    const pool = aPool({
      LambdaConfig: { ...three, DefineAuthChallenge: OTHER },
      DeletionProtection: 'INACTIVE',
    });

    expect(await check({ pool, clients: { web: SRP } })).toMatchObject({
      findings: 4,
      kinds: { 'trigger-gone': 1, 'trigger-replaced': 1, 'client-opened': 1, 'deletion-protection': 1 },
      at: ['DefineAuthChallenge', 'CreateAuthChallenge', 'web', 'DeletionProtection'],
      measured: [{ PoolDrift: 4 }],
    });
  });

  it.each([
    ['reports', anOrder({ reporting: { web: { until: LATER } } }), 0],
    ['has reported', anOrder({ reporting: { web: { until: EARLIER } } }), 1],
    ['the app accepts', anOrder({ accept: ['web'] }), 0],
    ['is another one', anOrder({ accept: ['app'], reporting: { app: { until: LATER } } }), 1],
  ])('finds an open client, unless it is one that %s', async (_, order, findings) => {
    expect(await check({ clients: { web: SRP } }, order)).toMatchObject({ findings });
  });

  it('only reads', async () => {
    expect(new Set((await check({})).names)).toEqual(
      new Set(['describePool', 'describeMfa', 'clientIds', 'describeClient']),
    );
  });

  it('names a few of very many', async () => {
    const clients = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`client${n}`, SRP]));

    const { findings, at } = await check({ clients });
    expect(findings).toBe(300);
    expect(at).toHaveLength(20);
  });
});
