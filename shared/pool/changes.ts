/** What attach does to a pool, and what takes it back. */
import { isSame, type Json, jsonObject, valueAt, withValue } from './json.ts';
import { PLACES, type TriggerArns } from './places.ts';
import type { PoolState } from './pool-state.ts';

/** The pool itself or one of its clients. */
export type ChangeTarget = 'pool' | { readonly clientId: string };

export interface PoolChange {
  readonly at: ChangeTarget;
  /** Dotted, such as `LambdaConfig.DefineAuthChallenge` or `ExplicitAuthFlows`. */
  readonly property: string;
  /** Undefined if it was absent; as JSON, the key is missing then. */
  readonly before?: unknown;
  readonly after?: unknown;
  /** In what is kept: other values that attach had set before `after`, the newest first and six at most. */
  readonly earlier?: readonly unknown[];
}

/** Where somebody else has changed what attach had set; detach leaves it so. */
export interface Left {
  readonly at: ChangeTarget;
  readonly property: string;
}

export interface Undo {
  readonly changes: readonly PoolChange[];
  readonly left: readonly Left[];
}

export const isAt = (at: ChangeTarget, other: ChangeTarget): boolean =>
  at === 'pool' || other === 'pool' ? at === other : at.clientId === other.clientId;

export const propertiesAt = ({ pool, clients }: PoolState, at: ChangeTarget): Json | undefined =>
  at === 'pool' ? pool.properties : clients.get(at.clientId)?.properties;

/** What gives the properties these values, by dotted names; undefined removes. What is so already needs no change. */
export const changesTo = (at: ChangeTarget, properties: Json, values: Json): readonly PoolChange[] =>
  Object.entries(values)
    .map(([property, after]) => ({ at, property, before: valueAt(properties, property), after }))
    .filter(({ before, after }) => !isSame(before, after));

/** The properties of `at` as the changes make them. */
export const withChanges = (properties: Json, changes: readonly PoolChange[], at: ChangeTarget): Json =>
  changes
    .filter((change) => isAt(change.at, at))
    .reduce((changed, { property, after }) => withValue(changed, property, after), properties);

/** The function that a value of LambdaConfig names. A version of the event is no other function: whoever changes it leaves ours there. */
export const functionIn = (value: unknown): unknown => jsonObject(value).LambdaArn ?? value;

export const isTriggerChange = ({ at, property }: PoolChange): boolean =>
  at === 'pool' && property.startsWith('LambdaConfig.');

const isOneOf = (value: unknown, values: readonly unknown[]): boolean =>
  values.some((one) => isSame(functionIn(one), functionIn(value)));

/** All values that attach has set at one time or another. */
const ours = ({ after, earlier = [] }: PoolChange): readonly unknown[] => [after, ...earlier];

/** The functions that were ours: an older deployment may have set others than those of now. */
export const formerIn = (kept: readonly PoolChange[]): readonly string[] =>
  kept
    .filter(isTriggerChange)
    .flatMap(ours)
    .map(functionIn)
    .filter((arn) => typeof arn === 'string');

/** What is kept has to stay small, and what was ours longer ago stands in no pool any more. */
const MOST_EARLIER = 6;

/**
 * What to keep when more is changed than what is kept already. `before` stays what it was before the first of our changes,
 * unless somebody else changed it in between: then it is theirs that is put back.
 */
export const mergeChanges = (
  kept: readonly PoolChange[],
  changes: readonly PoolChange[],
): readonly PoolChange[] => {
  const isOf = (change: PoolChange) => (one: PoolChange) =>
    isAt(one.at, change.at) && one.property === change.property;
  const merged = changes.map((change) => {
    const known = kept.find(isOf(change));
    if (known === undefined) return change;
    const earlier = ours(known)
      .filter((value) => !isSame(value, change.after))
      .slice(0, MOST_EARLIER);
    return {
      ...(isOneOf(change.before, ours(known)) ? { ...change, before: known.before } : change),
      ...(earlier.length === 0 ? {} : { earlier }),
    };
  });
  return [...kept.filter((one) => !changes.some(isOf(one))), ...merged];
};

/** Ours in places of which nothing is kept. */
const unrecorded = (kept: readonly PoolChange[], triggers: TriggerArns | undefined): readonly PoolChange[] =>
  PLACES.flatMap((place) => {
    const names = place === 'PreTokenGeneration' ? [place, 'PreTokenGenerationConfig'] : [place];
    return names
      .map((name) => `LambdaConfig.${name}`)
      .filter((property) => !kept.some((one) => one.at === 'pool' && one.property === property))
      .flatMap((property) =>
        triggers === undefined ? [] : [{ at: 'pool' as const, property, after: triggers[place] }],
      );
  });

/** Cognito leaves this as it is if an update says nothing of it. */
const ABSENT: Json = {
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
};

/**
 * What puts back what was there before `kept`, only where ours still stands. `triggers` are ours, too: places where they stand
 * are emptied although nothing is kept of them.
 */
export const undoOf = (state: PoolState, kept: readonly PoolChange[], triggers?: TriggerArns): Undo => {
  const found = [
    ...kept.map((change) => ({ ...change, isKept: true })),
    ...unrecorded(kept, triggers).map((change) => ({ ...change, isKept: false })),
  ].flatMap(({ isKept, ...change }) => {
    const properties = propertiesAt(state, change.at);
    const current = properties === undefined ? undefined : valueAt(properties, change.property);
    const isUndone = properties === undefined || isSame(current, change.before);
    const stands = isOneOf(current, [...ours(change), ...Object.values(triggers ?? {})]);
    return isUndone ? [] : [{ ...change, current, isKept, stands }];
  });
  return {
    changes: found
      .filter(({ stands }) => stands)
      .map(({ at, property, before = ABSENT[property], current }) => ({
        at,
        property,
        before: current,
        after: before,
      })),
    left: found
      .filter(({ stands, isKept }) => isKept && !stands)
      .map(({ at, property }) => ({ at, property })),
  };
};
