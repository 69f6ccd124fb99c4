/** The id of a pool that an app has by its id. On AWS nobody chooses one; here a tag of the pool does. */
import type { JsonObject } from '../../../ground/service.ts';
import { invalidParameter } from '../errors.ts';
import { record } from '../properties.ts';

const TAG = 'local:id';

/** Undefined for a pool without the tag. Throws if the id is none, or taken. */
export const wantedId = (
  { UserPoolTags }: JsonObject,
  isTaken: (poolId: string) => boolean,
): string | undefined => {
  const id = record(UserPoolTags)[TAG];
  if (id === undefined) return undefined;
  const poolId = String(id);
  if (!/^[\w-]+_[0-9a-zA-Z]+$/.test(poolId))
    throw invalidParameter(`${TAG} is ${poolId}, and not the id of a user pool.`);
  if (isTaken(poolId)) throw invalidParameter(`There is a user pool ${poolId} already.`);
  return poolId;
};
