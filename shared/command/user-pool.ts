/** Reads the ids of a user pool that a person gives as options, in one way for every command. */
import { usageError } from './failure.ts';

export interface PoolIds {
  readonly region: string;
  readonly poolId: string;
  readonly clientId: string;
}

const REGION = '[a-z]{2,}(?:-[a-z]+)+-\\d';

/** Throws `CommandError`. */
export const readRegion = (text: string): string => {
  if (new RegExp(`^${REGION}$`).test(text)) return text;
  throw usageError(`--region looks like eu-west-1, not "${text}"`);
};

/** The region in a value of --pool-id. Throws `CommandError` unless it is the id of a pool. */
export const regionOfPool = (poolId: string): string => {
  const [, region] = new RegExp(`^(${REGION})_[0-9A-Za-z]{1,45}$`).exec(poolId) ?? [];
  if (region !== undefined) return region;
  throw usageError(
    `--pool-id looks like eu-west-1_AbCdEfGhI, not "${poolId}"; the stack prints it as UserPoolId`,
  );
};

/** The values of --pool-id and --client-id. The region is the one in the pool's id. Throws `CommandError`. */
export const readPoolIds = (poolId: string | undefined, clientId: string | undefined): PoolIds => {
  if (poolId === undefined || clientId === undefined) {
    throw usageError('--pool-id and --client-id go together');
  }
  const region = regionOfPool(poolId);
  if (!/^[\w+]{1,128}$/.test(clientId)) {
    throw usageError(
      `--client-id looks like 1h57kf5cpq17m0eml12EXAMPLE, not "${clientId}"; the stack prints it as UserPoolClientId`,
    );
  }
  return { region, poolId, clientId };
};
