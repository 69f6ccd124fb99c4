/** Options of both `attach` and `detach`. */
import { usageError } from '../../shared/command/failure.ts';
import { regionOfPool } from '../../shared/command/user-pool.ts';

export const POOL_OPTION = {
  kind: 'text',
  value: '<id>',
  words: 'the user pool, if the stack does not name it',
} as const;

export const UNDO_OPTION = {
  kind: 'text',
  value: '<file>',
  words: 'what was before (default attached-<pool id>.json in the current folder)',
} as const;

/** Throws `CommandError` unless it is missing or the id of a pool. */
export const readPoolId = (poolId: string | undefined): string | undefined => {
  if (poolId !== undefined) regionOfPool(poolId);
  return poolId;
};

/** `canAsk` is true if somebody is at the terminal. Throws `CommandError` if the command would ask and cannot. */
export const refuseSilence = (asks: boolean, json: boolean, canAsk: boolean): void => {
  if (!asks) return;
  if (json) throw usageError('--json asks nothing; add --yes, or see first what --plan --json says');
  if (!canAsk) throw usageError('There is no terminal to ask at; add --yes, or see first what --plan says');
};
