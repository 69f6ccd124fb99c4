/** The `package.json` of the package with the local system. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LOCAL_PACKAGE } from '../package/local-package.ts';
import { readManifest } from '../package/manifest.ts';
import { NATIVE_PACKAGE } from './bundle.ts';

const LOCKFILE = fileURLToPath(new URL('../../package-lock.json', import.meta.url));

interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly version: string }>>;
}

const lockedVersion = (name: string): string | undefined =>
  (JSON.parse(readFileSync(LOCKFILE, 'utf8')) as Lockfile).packages[`node_modules/${name}`]?.version;

/** It has the version of the other package, and exactly the dependency that the tests ran with. */
export const localManifest = (): Readonly<Record<string, unknown>> => {
  const { version, license, repository, type, publishConfig } = readManifest();
  return {
    name: LOCAL_PACKAGE,
    version,
    description:
      'The local system of cognito-email-otp: the app’s own template on this machine, for development and tests',
    keywords: ['aws', 'cognito', 'local', 'emulator', 'mfa', 'otp'],
    license,
    ...(repository !== undefined && { repository }),
    type,
    // The functions run on the Node that Lambda runs them on.
    engines: { node: '>=24' },
    publishConfig,
    exports: { './start': './dist/start.mjs', './package.json': './package.json' },
    dependencies: { [NATIVE_PACKAGE]: lockedVersion(NATIVE_PACKAGE) },
  };
};
