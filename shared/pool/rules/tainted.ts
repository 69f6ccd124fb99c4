/** Clients whose refresh tokens may come from sign-ins without the code. */
import type { Json } from '../json.ts';
import { functionsAt, PLACES, type TriggerArns, type TriggerPlace } from '../places.ts';
import type { PoolState } from '../pool-state.ts';
import { hasUsers, isOpen } from './clients.ts';

interface Ours {
  readonly triggers: TriggerArns;
  /** ARNs of functions that were ours before. */
  readonly former?: readonly string[];
}

const areOurs = (place: TriggerPlace, pool: Json, { triggers, former = [] }: Ours): boolean =>
  functionsAt(place, pool).every((arn) => arn === triggers[place] || former.includes(arn));

/** Cognito dates in seconds, and takes a moment to make a client. */
const MOMENT = 1;

/** A client that was changed may have been open before, unlike one that is as it was made. */
const isAsMade = ({ CreationDate, LastModifiedDate }: Json): boolean =>
  typeof CreationDate === 'number' &&
  typeof LastModifiedDate === 'number' &&
  Math.abs(LastModifiedDate - CreationDate) <= MOMENT;

/**
 * All that are open. All with users, if custom authentication of somebody else gave tokens for whatever it asked. And where
 * nothing of ours guards the tokens yet, all that are not as they were made.
 */
export const taintedIn = (
  { pool: { properties: pool }, clients }: PoolState,
  ours: Ours,
): readonly string[] => {
  const isGuarded =
    functionsAt('PreTokenGeneration', pool).length > 0 && areOurs('PreTokenGeneration', pool, ours);
  const isAskedByOthers = PLACES.some(
    (place) => place !== 'PreTokenGeneration' && !areOurs(place, pool, ours),
  );
  return [...clients]
    .filter(
      ([, { properties: client }]) =>
        isOpen(client) || (isAskedByOthers && hasUsers(client)) || !(isGuarded || isAsMade(client)),
    )
    .map(([clientId]) => clientId);
};
