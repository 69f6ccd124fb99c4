/** Builds the package with the local system. */
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { noticesOf, writeNotices } from '../package/notices.ts';
import { bundleLocalSystem } from './bundle.ts';
import { localManifest } from './manifest.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const README = fileURLToPath(new URL('./README.md', import.meta.url));

/** Writes the package to `folder`, which must be empty. */
export const buildLocalPackage = async (folder: string): Promise<void> => {
  const { inputs } = await bundleLocalSystem(folder);
  writeFileSync(
    join(folder, 'THIRD-PARTY-NOTICES.md'),
    writeNotices(noticesOf(inputs), 'The local system and its pages'),
  );
  copyFileSync(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'));
  copyFileSync(README, join(folder, 'README.md'));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(localManifest(), null, 2)}\n`);
};
