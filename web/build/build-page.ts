/** The command `build-page`: writes the sign-in page for a deployed user pool, as files for any web server. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { explainFileError } from '../../shared/command/failure.ts';
import { runCommand } from '../../shared/command/run-command.ts';
import type { PoolConfig } from '../sign-in/pool-config.ts';
import { bundlePages, SIGN_IN_PAGE } from './bundle.ts';
import { BUILD_PAGE, type PageOptions, readPageOptions } from './options.ts';
import { securityPolicy } from './security-policy.ts';

const write = (path: string, content: string | Buffer): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
};

const run = async ({ out, region, poolId, clientId }: PageOptions): Promise<void> => {
  const { assets, pages } = await bundlePages([SIGN_IN_PAGE], undefined, securityPolicy(region));
  const folder = resolve(out);
  const config: PoolConfig = { region, userPoolId: poolId, userPoolClientId: clientId };
  write(join(folder, 'index.html'), pages.get(SIGN_IN_PAGE.path) ?? '');
  write(join(folder, 'config.json'), `${JSON.stringify(config, null, 2)}\n`);
  for (const [path, { body }] of assets) write(join(folder, path), body);
  console.log(`The sign-in page for ${poolId} is in ${folder}`);
};

await runCommand({ usage: BUILD_PAGE, parse: readPageOptions, run, explain: explainFileError });
