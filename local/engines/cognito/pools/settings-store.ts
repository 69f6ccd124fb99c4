/** Keeps the settings of pools, or of clients, in the state. */
import type { JsonObject } from '../../../ground/service.ts';
import type { State } from '../../../ground/state.ts';
import { broughtTo, later, type StoredSettings } from './stored-settings.ts';

/** What a write may change. A part that is left out stays. */
export type Write = Partial<Pick<StoredSettings, 'properties' | 'unknown' | 'systemTags'>>;

/** By id, the pool's or the client's. */
export interface SettingsStore {
  /** Undefined also for what was deleted. */
  find(id: string): StoredSettings | undefined;
  /** Those that are not deleted, in the order in which they came. */
  all(): readonly StoredSettings[];
  add(id: string, poolId: string, properties: JsonObject): void;
  /** Gives them a later time too. */
  change(id: string, write: Write): void;
  /** Does nothing if there are none. */
  remove(id: string): void;
  takeOver(id: string, poolId: string, template: JsonObject): void;
}

export const createSettingsStore = (
  state: State,
  kind: 'cognito-pool' | 'cognito-client',
  now: () => number,
): SettingsStore => {
  const documents = state.documents<StoredSettings>(kind);
  const isThere = ({ isDeleted }: StoredSettings): boolean => isDeleted !== true;

  const find: SettingsStore['find'] = (id) => {
    const stored = documents.get(id);
    return stored !== undefined && isThere(stored) ? stored : undefined;
  };

  const put = (id: string, change: Write & Pick<StoredSettings, 'isDeleted'>): void => {
    const before = documents.get(id);
    if (before === undefined) return;
    documents.put(id, { ...before, ...change, modifiedAt: later(now(), before.modifiedAt) });
  };

  return {
    find,
    all: () => documents.all().filter(isThere),
    add: (id, poolId, properties) => {
      const times = { createdAt: now(), modifiedAt: now() };
      documents.put(id, { id, poolId, origin: 'api', properties, unknown: [], ...times });
    },
    change: put,
    remove: (id) => {
      // What the template has is only hidden, so that it does not come back at the next start.
      if (find(id)?.origin === 'template') put(id, { isDeleted: true });
      else documents.delete(id);
    },
    takeOver: (id, poolId, template) => {
      const stored = documents.get(id);
      const taken = broughtTo(stored, { id, poolId, template }, now());
      if (taken !== stored) documents.put(id, taken);
    },
  };
};
