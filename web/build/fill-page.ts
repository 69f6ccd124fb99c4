/** Makes the sign-in page of one pool from the files of `buildPage`. They lack the pool, the company and the policy that names the region. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { explainFileError } from '../../shared/command/failure.ts';
import { runCommand } from '../../shared/command/run-command.ts';
import { shippedTexts } from '../../shared/language/shipped-texts.ts';
import type { CheckedMail } from '../../shared/mail/check/check-mail.ts';
import type { PoolConfig } from '../sign-in/pool-config.ts';
import { pageBrand, readCompany } from './company.ts';
import { escapeHtml, pageLanguages, withLanguages } from './language-files.ts';
import { BUILD_PAGE, type PageOptions, readPageOptions } from './options.ts';
import { securityPolicy } from './security-policy.ts';

/** Stands in the built page where the policy belongs. */
export const POLICY = '{{policy}}';

/** Writes the page into the folder `out`. Throws `CommandError` and the errors of the file system. `page` is the folder of the built files. */
export const fillPage = (
  page: string,
  { out, region, poolId, clientId, mail, returnTo }: PageOptions,
): void => {
  const built = readFileSync(join(page, 'index.html'), 'utf8');
  // A browser would open a page without a policy, too.
  if (!built.includes(POLICY)) throw new Error(`${page} holds a page without a place for its policy`);
  const company: CheckedMail =
    mail === undefined ? { texts: shippedTexts(), defaultLocale: 'en' } : readCompany(mail);
  const { brand, texts, defaultLocale } = company;
  const { html, files } = withLanguages(built, pageLanguages(texts), defaultLocale);
  const config: PoolConfig = {
    region,
    userPoolId: poolId,
    userPoolClientId: clientId,
    ...(brand && { brand: pageBrand(brand) }),
    ...(returnTo.length > 0 && { returnTo }),
  };
  mkdirSync(join(out, 'assets'), { recursive: true });
  for (const name of readdirSync(join(page, 'assets'))) {
    copyFileSync(join(page, 'assets', name), join(out, 'assets', name));
  }
  for (const [path, body] of files) writeFileSync(join(out, path), body);
  writeFileSync(join(out, 'config.json'), `${JSON.stringify(config, null, 2)}\n`);
  const policy = escapeHtml(securityPolicy(region, brand?.logoUrl));
  writeFileSync(
    join(out, 'index.html'),
    html.replace(POLICY, () => policy),
  );
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
