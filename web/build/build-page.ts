/** `npm run build-page`: writes the sign-in page for a deployed user pool, as files for any web server. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CommandError, EXIT, usageError } from '../../shared/command/failure.ts';
import { readValues } from '../../shared/command/options.ts';
import { runCommand } from '../../shared/command/run-command.ts';
import type { Usage } from '../../shared/command/usage.ts';
import { bundlePages, SIGN_IN_PAGE } from './bundle.ts';

const BUILD_PAGE = {
  command: 'npm run build-page',
  synopsis: '--pool-id <UserPoolId> --client-id <UserPoolClientId> [options]',
  summary: 'writes the sign-in page for a deployed user pool; installs what is missing',
  options: {
    'pool-id': { kind: 'text', value: '<id>', words: "the stack's output UserPoolId" },
    'client-id': { kind: 'text', value: '<id>', words: "the stack's output UserPoolClientId" },
    out: { kind: 'text', value: '<folder>', words: 'where the files go', default: 'dist' },
  },
} as const satisfies Usage;

interface PageOptions {
  readonly region: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  readonly out: string;
}

const readOptions = (args: readonly string[]): PageOptions => {
  const {
    'pool-id': userPoolId = '',
    'client-id': userPoolClientId = '',
    out,
  } = readValues(BUILD_PAGE.options, args);
  const [, region] = /^([a-z]{2}(?:-[a-z]+)+-\d)_\w+$/.exec(userPoolId) ?? [];
  if (region === undefined) throw usageError('--pool-id must be a user pool id such as us-east-1_AbCdEfGhI');
  if (!/^\w+$/.test(userPoolClientId)) throw usageError('--client-id must be the id of an app client');
  return { region, userPoolId, userPoolClientId, out };
};

/** Returns the same policy as on the local system, except that it allows Cognito's host. */
const securityPolicy = (region: string): string =>
  [
    "default-src 'self'",
    `connect-src 'self' https://cognito-idp.${region}.amazonaws.com`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

const write = (path: string, content: string | Buffer): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
};

const run = async ({ out, ...config }: PageOptions): Promise<void> => {
  const { assets, pages } = await bundlePages([SIGN_IN_PAGE], undefined, securityPolicy(config.region));
  const folder = resolve(out);
  write(join(folder, 'index.html'), pages.get(SIGN_IN_PAGE.path) ?? '');
  write(join(folder, 'config.json'), `${JSON.stringify(config, null, 2)}\n`);
  for (const [path, { body }] of assets) write(join(folder, path), body);
  console.log(`The sign-in page for ${config.userPoolId} is in ${folder}`);
};

await runCommand({
  usage: BUILD_PAGE,
  parse: readOptions,
  run,
  explain: (error) => new CommandError((error as Error).message, EXIT.failed),
});
