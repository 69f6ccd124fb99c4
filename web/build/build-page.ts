/** `npm run build-page`: writes the sign-in page for a deployed user pool, as files for any web server. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundlePages, SIGN_IN } from './bundle.ts';

const USAGE = `npm run build-page -- --pool-id <UserPoolId> --client-id <UserPoolClientId> [--out <folder>]
  --out <folder>   where the files go (default dist)`;

const readOptions = () => {
  const { values } = parseArgs({
    options: {
      'pool-id': { type: 'string', default: '' },
      'client-id': { type: 'string', default: '' },
      out: { type: 'string', default: 'dist' },
    },
  });
  const [, region] = /^([a-z]{2}(?:-[a-z]+)+-\d)_\w+$/.exec(values['pool-id']) ?? [];
  if (region === undefined) throw new Error('--pool-id must be a user pool id such as us-east-1_AbCdEfGhI');
  if (!/^\w+$/.test(values['client-id'])) throw new Error('--client-id must be the id of an app client');
  return { region, userPoolId: values['pool-id'], userPoolClientId: values['client-id'], out: values.out };
};

/** As strict as on the local system, save that Cognito is another host. */
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

const run = async (): Promise<void> => {
  const { out, ...config } = readOptions();
  const { assets, pages } = await bundlePages([SIGN_IN], undefined, securityPolicy(config.region));
  const folder = resolve(out);
  write(join(folder, 'index.html'), pages.get(SIGN_IN.path) ?? '');
  write(join(folder, 'config.json'), `${JSON.stringify(config, null, 2)}\n`);
  for (const [path, { body }] of assets) write(join(folder, path), body);
  console.log(`The sign-in page for ${config.userPoolId} is in ${folder}`);
};

try {
  await run();
} catch (error) {
  console.error(`${(error as Error).message}\n${USAGE}`);
  process.exit(1);
}
