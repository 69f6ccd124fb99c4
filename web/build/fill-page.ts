/** Makes the sign-in page of one pool from the files of `buildPage`. They lack only the pool and the policy that names its region. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { explainFileError } from '../../shared/command/failure.ts';
import { runCommand } from '../../shared/command/run-command.ts';
import type { PoolConfig } from '../sign-in/pool-config.ts';
import { BUILD_PAGE, type PageOptions, readPageOptions } from './options.ts';
import { securityPolicy } from './security-policy.ts';

/** Stands in the built page where the policy belongs. */
export const POLICY = '{{policy}}';

/** Writes the page into the folder `out`. Throws the errors of the file system. `page` is the folder of the built files. */
export const fillPage = (page: string, { out, region, poolId, clientId }: PageOptions): void => {
  const html = readFileSync(join(page, 'index.html'), 'utf8');
  // A browser would open a page without a policy, too.
  if (!html.includes(POLICY)) throw new Error(`${page} holds a page without a place for its policy`);
  const config: PoolConfig = { region, userPoolId: poolId, userPoolClientId: clientId };
  mkdirSync(join(out, 'assets'), { recursive: true });
  for (const name of readdirSync(join(page, 'assets'))) {
    copyFileSync(join(page, 'assets', name), join(out, 'assets', name));
  }
  writeFileSync(join(out, 'config.json'), `${JSON.stringify(config, null, 2)}\n`);
  writeFileSync(join(out, 'index.html'), html.replace(POLICY, securityPolicy(region)));
};

/** Runs the command `build-page`. `build` returns the folder of the built files. */
export const runBuildPage = (build: () => Promise<string>): Promise<void> =>
  runCommand({
    usage: BUILD_PAGE,
    parse: readPageOptions,
    run: async (options) => {
      const out = resolve(options.out);
      fillPage(await build(), { ...options, out });
      console.log(`The sign-in page for ${options.poolId} is in ${out}`);
    },
    explain: explainFileError,
  });
