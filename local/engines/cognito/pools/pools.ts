/** The pools and clients of this system: those of the template and those that the API has made, as they stand now. */
import { randomInt } from 'node:crypto';
import type { JsonObject } from '../../../ground/service.ts';
import type { State } from '../../../ground/state.ts';
import {
  type ClientDefinition,
  type PoolDefinition,
  poolOf,
  refuseUnsupportedPool,
  type UserPool,
} from '../pool.ts';
import { createSettingsStore, type SettingsStore, type Write } from './settings-store.ts';
import type { StoredSettings } from './stored-settings.ts';
import { wantedId } from './wanted-id.ts';

/** The ids are those of pools and clients that there are. */
export interface Pools {
  /** In the order of the template, then of creation. */
  all(): readonly UserPool[];
  create(properties: JsonObject): UserPool;
  write(poolId: string, write: Write): UserPool;
  delete(poolId: string): void;
  /** Returns the new client's id. */
  createClient(poolId: string, properties: JsonObject): string;
  writeClient(clientId: string, write: Write): void;
  deleteClient(clientId: string): void;
}

export interface PoolsDependencies {
  readonly state: State;
  readonly now: () => number;
  readonly region: string;
  readonly accountId: string;
  /** Those of the template. */
  readonly definitions: readonly PoolDefinition[];
}

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';
const randomName = (length: number): string =>
  Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

/** The clients of the template, and those of the API after them. */
const clientDefinitions = (
  definition: Pick<PoolDefinition, 'clients'>,
  stored: readonly StoredSettings[],
): readonly ClientDefinition[] => {
  const names = new Map(definition.clients.map(({ clientId, shownName }) => [clientId, shownName]));
  return stored
    .filter((client) => client.origin === 'api' || names.has(client.id))
    .map((client) => {
      const shownName = names.get(client.id);
      const named = shownName === undefined ? {} : { shownName };
      return { clientId: client.id, ...named, properties: client.properties, stored: client };
    });
};

/** Forgets nothing that another template had: with its pool its users come back. */
const takeOver = (
  definitions: readonly PoolDefinition[],
  pools: SettingsStore,
  clients: SettingsStore,
): void => {
  // All of them first: what is refused takes nothing over.
  definitions.forEach(refuseUnsupportedPool);
  for (const { poolId, properties, clients: ofPool } of definitions) {
    pools.takeOver(poolId, poolId, properties);
    for (const client of ofPool) clients.takeOver(client.clientId, poolId, client.properties);
  }
};

/** The ids of the clients by pool, so that a change of one pool reads nothing of the others. */
const createClientIds = (clients: SettingsStore) => {
  const ids = new Map<string, Set<string>>();
  const remember = (poolId: string, clientId: string) => {
    ids.set(poolId, (ids.get(poolId) ?? new Set()).add(clientId));
  };
  for (const { id, poolId } of clients.all()) remember(poolId, id);
  return { remember, of: (poolId: string) => [...(ids.get(poolId) ?? [])] };
};

/** Throws CommandError that names each property of the template that is not supported. */
export const createPools = ({ state, now, region, accountId, definitions }: PoolsDependencies): Pools => {
  const pools = createSettingsStore(state, 'cognito-pool', now);
  const clients = createSettingsStore(state, 'cognito-client', now);
  takeOver(definitions, pools, clients);
  const clientIds = createClientIds(clients);
  const ofTemplate = new Map(definitions.map((definition) => [definition.poolId, definition]));
  const present = new Map<string, UserPool>();

  const read = (stored: StoredSettings): UserPool => {
    const definition = ofTemplate.get(stored.id) ?? {
      poolId: stored.id,
      arn: `arn:aws:cognito-idp:${region}:${accountId}:userpool/${stored.id}`,
      clients: [],
    };
    const found = clientIds.of(stored.id).flatMap((id) => clients.find(id) ?? []);
    const { properties } = stored;
    return poolOf({ ...definition, properties, stored, clients: clientDefinitions(definition, found) });
  };

  const refresh = (poolId: string): UserPool => {
    const pool = read(pools.find(poolId) as StoredSettings);
    present.set(poolId, pool);
    return pool;
  };

  const refreshAfter = (clientId: string, change: (id: string) => void): void => {
    const { poolId } = clients.find(clientId) as StoredSettings;
    change(clientId);
    refresh(poolId);
  };

  for (const { poolId } of definitions) if (pools.find(poolId) !== undefined) refresh(poolId);
  for (const { id, origin } of pools.all()) if (origin === 'api') refresh(id);

  return {
    all: () => [...present.values()],
    create: (properties) => {
      const id = wantedId(properties, (poolId) => present.has(poolId)) ?? `${region}_${randomName(9)}`;
      pools.add(id, id, properties);
      return refresh(id);
    },
    write: (poolId, write) => {
      pools.change(poolId, write);
      return refresh(poolId);
    },
    delete: (poolId) => {
      clientIds.of(poolId).forEach(clients.remove);
      pools.remove(poolId);
      present.delete(poolId);
    },
    createClient: (poolId, properties) => {
      const clientId = randomName(26);
      clients.add(clientId, poolId, properties);
      clientIds.remember(poolId, clientId);
      refresh(poolId);
      return clientId;
    },
    writeClient: (clientId, write) => refreshAfter(clientId, (id) => clients.change(id, write)),
    deleteClient: (clientId) => refreshAfter(clientId, clients.remove),
  };
};
