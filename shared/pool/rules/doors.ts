/** The doors of a user pool: settings by which users get round the code, lose the factor, or with which sign-ins fail. */
import type { PoolChange } from '../changes.ts';
import type { EventVersion, TriggerArns } from '../places.ts';
import type { PoolState } from '../pool-state.ts';
import { doorsOfClient } from './client-doors.ts';
import { doorsOfPool } from './pool-doors.ts';

export interface Door {
  /** Names the door in options, such as `recovery`, `taken:PreTokenGeneration`, `<clientId>` or `<clientId>:email`. */
  readonly id: string;
  readonly at: 'pool' | { readonly clientId: string; readonly clientName: string };
  /** A sentence. */
  readonly harm: string;
  /** A sentence or two, with the option that closes it. */
  readonly remedy: string;
  /** What closes it; absent if attach cannot. */
  readonly closes?: readonly PoolChange[];
  /** Whether attach refuses while it is open. */
  readonly blocks: boolean;
}

export interface DoorContext {
  readonly triggers: TriggerArns;
  /** ARNs of functions that were ours before. */
  readonly former?: readonly string[];
  readonly eventVersion: EventVersion;
  /** The seconds for which a code is valid. */
  readonly codeSeconds: number;
}

/** The doors that are open, the pool's first. */
export const doorsOf = (state: PoolState, context: DoorContext): readonly Door[] => [
  ...doorsOfPool(state, context),
  ...[...state.clients].flatMap(([clientId, { properties }]) =>
    doorsOfClient({ clientId, properties, pool: state.pool.properties }, context),
  ),
];
