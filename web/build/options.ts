/** The options of the command `build-page`. */
import { readValues } from '../../shared/command/options.ts';
import type { Usage } from '../../shared/command/usage.ts';
import { type PoolIds, readPoolIds } from '../../shared/command/user-pool.ts';

export interface PageOptions extends PoolIds {
  /** The folder for the files. */
  readonly out: string;
}

export const BUILD_PAGE = {
  name: 'build-page',
  synopsis: '--pool-id <UserPoolId> --client-id <UserPoolClientId> [options]',
  summary: 'writes the sign-in page for a deployed user pool',
  options: {
    'pool-id': { kind: 'text', value: '<id>', words: "the stack's output UserPoolId" },
    'client-id': { kind: 'text', value: '<id>', words: "the stack's output UserPoolClientId" },
    out: { kind: 'text', value: '<folder>', words: 'where the files go', default: 'sign-in-page' },
  },
} as const satisfies Usage;

/** Throws `CommandError`. */
export const readPageOptions = (args: readonly string[]): PageOptions => {
  const { 'pool-id': poolId, 'client-id': clientId, out } = readValues(BUILD_PAGE.options, args);
  return { ...readPoolIds(poolId, clientId), out };
};
