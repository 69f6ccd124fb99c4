/** The options of the command `build-page`. */
import { usageError } from '../../shared/command/failure.ts';
import { readValues } from '../../shared/command/options.ts';
import type { Usage } from '../../shared/command/usage.ts';
import { type PoolIds, readPoolIds } from '../../shared/command/user-pool.ts';

export interface PageOptions extends PoolIds {
  /** The folder for the files. */
  readonly out: string;
  /** The folder with the company's `mail.json` and `texts/`, the same as the stack's setting `mail`. */
  readonly mail?: string;
  /** Where the page may send people who have signed in. */
  readonly returnTo: readonly string[];
}

export const BUILD_PAGE = {
  name: 'build-page',
  synopsis: '--pool-id <UserPoolId> --client-id <UserPoolClientId> [options]',
  summary: 'writes the sign-in page for a deployed user pool',
  options: {
    'pool-id': { kind: 'text', value: '<id>', words: "the stack's output UserPoolId" },
    'client-id': { kind: 'text', value: '<id>', words: "the stack's output UserPoolClientId" },
    mail: {
      kind: 'text',
      value: '<folder>',
      words: "brand and texts: the folder that the stack's\nsetting mail names",
    },
    'return-to': {
      kind: 'list',
      value: '<address>',
      words:
        'an address or path that ?returnTo= may name, such as\nhttps://app.example.com/ or /app/, with all below it',
    },
    out: { kind: 'text', value: '<folder>', words: 'where the files go', default: 'sign-in-page' },
  },
} as const satisfies Usage;

const checkReturnTo = (address: string): string => {
  const isPath = /^\/(?!\/)/.test(address);
  const isAddress = /^https?:\/\//.test(address) && URL.canParse(address);
  if (!isPath && !isAddress)
    throw usageError(`--return-to looks like https://app.example.com/ or /app/, not "${address}"`);
  return address;
};

/** Throws `CommandError`. */
export const readPageOptions = (args: readonly string[]): PageOptions => {
  const values = readValues(BUILD_PAGE.options, args);
  const { 'pool-id': poolId, 'client-id': clientId, 'return-to': returnTo, mail, out } = values;
  return {
    ...readPoolIds(poolId, clientId),
    out,
    returnTo: returnTo.map(checkReturnTo),
    ...(mail !== undefined && { mail }),
  };
};
