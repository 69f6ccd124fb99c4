/**
 * Attaching and detaching: read, plan, keep what undoes it, read again, write, read again, compare. Each can be ended after any
 * call and run again.
 */
import {
  type ChangeTarget,
  isAt,
  type Left,
  type PoolChange,
  propertiesAt,
  undoOf,
  withChanges,
} from './changes.ts';
import { type Difference, differencesAfter, differencesBetween, differencesIn } from './compare.ts';
import { isSame, type Json } from './json.ts';
import type { TriggerArns } from './places.ts';
import type { Plan } from './plan.ts';
import type { PoolApi } from './pool-api.ts';
import { type PoolState, readClientState, readPoolState } from './pool-state.ts';
import { lossesOf } from './rules/refusals.ts';
import { clientInput, poolInput } from './rules/writable.ts';

export interface Attaching {
  readonly planOf: (state: PoolState) => Plan;
  /** Asked before anything is kept or written; then everything is read again, as an answer takes its time. Left out: yes. */
  readonly agree?: (plan: Plan) => Promise<boolean>;
  /**
   * Keeps what undoes `plan.changes` (together with what is kept already: `mergeChanges`), and the clients in `plan.tainted`.
   * Called before the first write, and also if there is nothing to write. Called once more, without changes, if clients are found
   * open in the end that were not before.
   */
  readonly keep: (plan: Plan) => Promise<void>;
}

/** How attaching ended. Errors of the API and of `keep` are thrown; attach can then be run again. */
export type Attached =
  /** `already`: nothing had to be written, or somebody else had written it. */
  | {
      readonly kind: 'done';
      readonly plan: Plan;
      readonly changes: readonly PoolChange[];
      readonly already: boolean;
    }
  | { readonly kind: 'declined'; readonly plan: Plan }
  | { readonly kind: 'refused'; readonly plan: Plan; readonly refusals: readonly string[] }
  /** Somebody else changed it between reading and writing. `written` is what was written before that was seen. */
  | {
      readonly kind: 'changedMeanwhile';
      readonly plan: Plan;
      readonly differences: readonly Difference[];
      readonly written: readonly PoolChange[];
    }
  /** All was written, and something is not as it was expected afterwards. */
  | { readonly kind: 'differs'; readonly plan: Plan; readonly differences: readonly Difference[] };

/** How detaching ended. `left` is what others had changed, and stays. Errors of the API are thrown, also that the pool is gone. */
export type Detached =
  | {
      readonly kind: 'done';
      readonly changes: readonly PoolChange[];
      readonly already: boolean;
      readonly left: readonly Left[];
    }
  | { readonly kind: 'refused'; readonly refusals: readonly string[] }
  | {
      readonly kind: 'changedMeanwhile';
      readonly differences: readonly Difference[];
      readonly written: readonly PoolChange[];
    }
  | { readonly kind: 'differs'; readonly differences: readonly Difference[]; readonly left: readonly Left[] };

interface Planned {
  readonly state: PoolState;
  /** Made on it. */
  readonly plan: Plan;
}

interface Writing {
  readonly written: readonly PoolChange[];
  /** What somebody else changed meanwhile; writing ended there. */
  readonly meanwhile: readonly Difference[];
}

/** What changed since it was read. The dates of the API count, so that nothing is missed. */
const changedSince = async (
  api: PoolApi,
  state: PoolState,
  at: ChangeTarget,
): Promise<readonly Difference[]> => {
  if (at !== 'pool') {
    const now = await readClientState(api, at.clientId);
    return differencesIn(at, propertiesAt(state, at), now?.properties);
  }
  const mfa = await api.describeMfa();
  const pool = await api.describePool();
  const { EstimatedNumberOfUsers } = pool.properties; // Users come and go.
  const before = { ...state.pool.properties, EstimatedNumberOfUsers };
  return [
    ...differencesIn(at, before, pool.properties),
    ...differencesIn(at, state.mfa, mfa, ['GetUserPoolMfaConfig']),
  ];
};

const isConcurrent = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ConcurrentModificationException';

/** False if Cognito was busy with a change of somebody else. */
const update = async (api: PoolApi, at: ChangeTarget, properties: Json): Promise<boolean> => {
  try {
    if (at === 'pool') await api.updatePool(poolInput(properties));
    else await api.updateClient(at.clientId, clientInput(properties));
    return true;
  } catch (error) {
    if (isConcurrent(error)) return false;
    throw error;
  }
};

/** Cognito has no conditional update: a change between the last reading and the writing is lost. */
const writeAll = async (
  api: PoolApi,
  state: PoolState,
  changes: readonly PoolChange[],
  targets: readonly ChangeTarget[],
): Promise<Writing> => {
  const written: PoolChange[] = [];
  for (const at of targets) {
    const meanwhile = await changedSince(api, state, at);
    if (meanwhile.length > 0) return { written, meanwhile };
    const properties = withChanges(propertiesAt(state, at) ?? {}, changes, at);
    if (!(await update(api, at, properties))) {
      return { written, meanwhile: [{ at, property: 'LastModifiedDate' }] };
    }
    written.push(...changes.filter((change) => isAt(change.at, at)));
  }
  return { written, meanwhile: [] };
};

/** What the changes are about, the pool first. */
const targetsOf = (changes: readonly PoolChange[]): readonly ChangeTarget[] => {
  const ids = new Set(changes.flatMap(({ at }) => (at === 'pool' ? [] : [at.clientId])));
  const pool: readonly ChangeTarget[] = changes.some(({ at }) => at === 'pool') ? ['pool'] : [];
  return [...pool, ...[...ids].map((clientId) => ({ clientId }))];
};

/** Clients that somebody opened or made since the plan were not kept with it. */
const keepLate = async ({ planOf, keep }: Attaching, plan: Plan, last: PoolState): Promise<void> => {
  const next = planOf(last);
  if (next.tainted.some((id) => !plan.tainted.includes(id))) await keep({ ...next, changes: [] });
};

/** Whether somebody who agreed to the one has agreed to the other. */
const isSamePlan = (plan: Plan, next: Plan): boolean =>
  (['changes', 'doors', 'tainted', 'refusals'] as const).every((part) => isSame(plan[part], next[part]));

/** Somebody else may have done the same; otherwise whoever asked has to look again. */
const afterMeanwhile = async (
  api: PoolApi,
  attaching: Attaching,
  plan: Plan,
  { written, meanwhile }: Writing,
): Promise<Attached> => {
  const last = await readPoolState(api);
  await keepLate(attaching, plan, last);
  const next = attaching.planOf(last);
  if (next.changes.length > 0 || next.refusals.length > 0) {
    return { kind: 'changedMeanwhile', plan, differences: meanwhile, written };
  }
  return { kind: 'done', plan: next, changes: written, already: true };
};

/** Keeps, writes and compares. */
const carryOut = async (api: PoolApi, attaching: Attaching, { state, plan }: Planned): Promise<Attached> => {
  const { changes } = plan;
  await attaching.keep(plan);
  if (changes.length === 0) return { kind: 'done', plan, changes, already: true };
  const writing = await writeAll(api, state, changes, targetsOf(changes));
  if (writing.meanwhile.length > 0) return afterMeanwhile(api, attaching, plan, writing);
  const last = await readPoolState(api);
  await keepLate(attaching, plan, last);
  const differences = differencesAfter(state, changes, last);
  return differences.length > 0
    ? { kind: 'differs', plan, differences }
    : { kind: 'done', plan, changes, already: false };
};

/** Writes the pool before its clients, so that our functions stand when users are sent to them. */
export const attach = async (api: PoolApi, attaching: Attaching): Promise<Attached> => {
  const state = await readPoolState(api);
  const plan = attaching.planOf(state);
  const { changes, refusals } = plan;
  if (refusals.length > 0) return { kind: 'refused', plan, refusals };
  if (attaching.agree === undefined || changes.length === 0) return carryOut(api, attaching, { state, plan });
  if (!(await attaching.agree(plan))) return { kind: 'declined', plan };
  const again = await readPoolState(api);
  const next = attaching.planOf(again);
  return isSamePlan(plan, next)
    ? carryOut(api, attaching, { state: again, plan: next })
    : { kind: 'changedMeanwhile', plan, differences: differencesBetween(state, again), written: [] };
};

/**
 * Puts back what was there before `kept`, where ours still stands; the pool first: if Cognito refuses that, users sign in as
 * before. `triggers` are ours: places where they stand are emptied although nothing is kept of them. Once it is `done`, `kept`
 * has to be forgotten: what somebody sets to the same values later is theirs.
 */
export const detach = async (
  api: PoolApi,
  kept: readonly PoolChange[],
  triggers?: TriggerArns,
): Promise<Detached> => {
  const state = await readPoolState(api);
  const { changes, left } = undoOf(state, kept, triggers);
  if (changes.length === 0) return { kind: 'done', changes, already: true, left };
  const refusals = lossesOf(state, changes);
  if (refusals.length > 0) return { kind: 'refused', refusals };
  const { written, meanwhile } = await writeAll(api, state, changes, targetsOf(changes));
  if (meanwhile.length > 0) {
    const next = undoOf(await readPoolState(api), kept, triggers);
    return next.changes.length > 0
      ? { kind: 'changedMeanwhile', differences: meanwhile, written }
      : { kind: 'done', changes: written, already: true, left: next.left };
  }
  const differences = differencesAfter(state, changes, await readPoolState(api));
  return differences.length > 0
    ? { kind: 'differs', differences, left }
    : { kind: 'done', changes, already: false, left };
};
