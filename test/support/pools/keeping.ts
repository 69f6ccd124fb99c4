/** What attach keeps of a pool, in memory, as its callers do. */
import {
  type Attached,
  type Attaching,
  attach,
  type Detached,
  detach,
} from '../../../shared/pool/attachment.ts';
import { mergeChanges, type PoolChange } from '../../../shared/pool/changes.ts';
import { readKept } from '../../../shared/pool/kept.ts';
import { planAttach, type Wish } from '../../../shared/pool/plan.ts';
import type { PoolApi } from '../../../shared/pool/pool-api.ts';

export interface Keeping {
  readonly kept: () => readonly PoolChange[];
  readonly tainted: () => readonly string[];
  readonly attach: (api: PoolApi, wish: Wish, agree?: Attaching['agree']) => Promise<Attached>;
  readonly detach: (api: PoolApi) => Promise<Detached>;
}

/** `onKeep` may throw, as a kill does. */
export const createKeeping = (onKeep: () => void = () => undefined): Keeping => {
  let kept: readonly PoolChange[] = [];
  const tainted = new Set<string>();
  return {
    kept: () => kept,
    tainted: () => [...tainted],
    attach: (api, wish, agree) =>
      attach(api, {
        planOf: (state) => planAttach(state, wish),
        ...(agree === undefined ? {} : { agree }),
        keep: async (plan) => {
          onKeep();
          const written = JSON.stringify(mergeChanges(kept, plan.changes));
          const read = readKept(JSON.parse(written));
          if (read === undefined) throw new Error(`This cannot be read again: ${written}`);
          kept = read;
          for (const clientId of plan.tainted) tainted.add(clientId);
        },
      }),
    detach: (api) => detach(api, kept),
  };
};
