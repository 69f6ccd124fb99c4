/** A user pool that lives for a test: what is written is read again, and each call can be the last of a function. */
import type { Dependencies, DeploymentEvent } from '../../../../services/attach-pool/carry-out.ts';
import type { Kept } from '../../../../services/attach-pool/undo-parameter.ts';
import { type AttachmentOrder, writeAttachment } from '../../../../shared/deployment/attachment.ts';
import type { Json } from '../../../../shared/pool/json.ts';
import type { PoolApi } from '../../../../shared/pool/pool-api.ts';
import { aClient, aPool, MADE, NOW, POOL_ID, TRIGGERS } from '../../../support/pools/pools.ts';

export class Killed extends Error {
  override readonly name = 'Killed';
}

export interface Life {
  readonly pool: Json;
  readonly clients: Readonly<Record<string, Json>>;
}

export interface Call {
  readonly name: string;
  readonly details?: unknown;
}

/** What is thrown in place of, or after, the call with this number, from 1 on. */
export interface Ending {
  readonly at: number;
  readonly when: 'before' | 'after';
}

const READ_ONLY = ['Id', 'Name', 'Arn', 'SchemaAttributes', 'UsernameAttributes'];

/** Cognito resets what an update leaves out. */
const rewritten = (pool: Json, { PoolName, ...input }: Json, date: number): Json => ({
  ...Object.fromEntries(READ_ONLY.map((name) => [name, pool[name]])),
  ...input,
  ...(PoolName !== undefined && { Name: PoolName }),
  LastModifiedDate: date,
});

/** Pools by id, what is kept of them, and who asks for what. */
export const aWorld = (given: Partial<Life> = {}) => {
  const lives = new Map<string, Life>([[POOL_ID, { pool: aPool(), clients: { web: aClient() }, ...given }]]);
  const kept = new Map<string, Kept>();
  const taints: (readonly [clientId: string, refusedFrom: string])[] = [];
  const calls: Call[] = [];
  let ending: Ending | undefined;
  let date = 1;

  const call = async <T>(name: string, run: () => T, details?: unknown): Promise<T> => {
    calls.push({ name, details });
    const isLast = calls.length === ending?.at;
    if (isLast && ending?.when === 'before') throw new Killed();
    const result = run();
    if (isLast) throw new Killed();
    return result;
  };
  const lifeOf = (poolId: string): Life => {
    const life = lives.get(poolId);
    if (life === undefined) throw Object.assign(new Error('no pool'), { name: 'ResourceNotFoundException' });
    return life;
  };
  const described = (properties: Json) => ({ properties, unknown: [] });
  const poolApi = (poolId: string): PoolApi => ({
    describePool: () => call('describePool', () => described(lifeOf(poolId).pool)),
    describeMfa: () =>
      call('describeMfa', () => ({ MfaConfiguration: lifeOf(poolId).pool.MfaConfiguration })),
    clientIds: () => call('clientIds', () => Object.keys(lifeOf(poolId).clients)),
    describeClient: (id) =>
      call('describeClient', () => described({ LastModifiedDate: MADE, ...lifeOf(poolId).clients[id] })),
    updatePool: (input) =>
      call(
        'updatePool',
        () => {
          const life = lifeOf(poolId);
          date += 1;
          lives.set(poolId, { ...life, pool: rewritten(life.pool, input, date) });
        },
        poolId,
      ),
    updateClient: async () => {
      throw new Error('the deployment may not change a client');
    },
  });
  const dependencies: Dependencies = {
    poolApi,
    undo: {
      read: (poolId) => call('readUndo', () => kept.get(poolId) ?? { changes: [], done: [] }),
      // As a parameter has it.
      write: (poolId, value) =>
        call('writeUndo', () => void kept.set(poolId, JSON.parse(JSON.stringify(value)))),
      forget: (poolId) => call('forgetUndo', () => void kept.delete(poolId)),
    },
    taint: (_poolId, clientId, { refusedFrom }) =>
      call('taint', () => void taints.push([clientId, refusedFrom]), clientId),
    region: 'eu-west-1',
    now: () => NOW,
  };
  return {
    lives,
    kept,
    taints,
    calls,
    dependencies,
    /** Forgets the calls so far; the function is ended at one of the next. */
    endAt: (next: Ending | undefined) => {
      calls.length = 0;
      ending = next;
    },
    names: () => calls.map(({ name }) => name),
    configOf: (poolId = POOL_ID) => lives.get(poolId)?.pool.LambdaConfig,
    setPool: (pool: Json, poolId = POOL_ID) => {
      const life = lives.get(poolId);
      date += 1;
      lives.set(poolId, { clients: {}, ...life, pool: { ...life?.pool, ...pool, LastModifiedDate: date } });
    },
  };
};

export type World = ReturnType<typeof aWorld>;

export const anOrder = (given: Partial<AttachmentOrder> = {}): AttachmentOrder => ({
  userPoolId: POOL_ID,
  triggers: TRIGGERS,
  eventVersion: 'V1_0',
  codeSeconds: 300,
  replace: [],
  accept: [],
  reporting: {},
  ...given,
});

type Request = DeploymentEvent['RequestType'];

/** An event as CloudFormation sends it; the custom resource's id is that of the pool. */
export const anEvent = (
  RequestType: Request,
  order: AttachmentOrder = anOrder(),
  PhysicalResourceId: string = POOL_ID,
): DeploymentEvent => ({
  RequestType,
  ...(RequestType !== 'Create' && { PhysicalResourceId }),
  ResourceProperties: {
    ServiceToken: 'arn',
    ...(JSON.parse(JSON.stringify(writeAttachment(order))) as object),
  },
});
