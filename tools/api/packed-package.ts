/** Packs the package for the tools that look at it. */
import { execFile } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface PackedPackage {
  /** The path of the `.tgz`. */
  readonly tarball: string;
  /** What is in the tarball, in a folder. */
  readonly folder: string;
}

/** Does what `npm run pack` does. Rejects with what it printed if it fails. */
export const packPackage = async (): Promise<PackedPackage> => {
  await promisify(execFile)(process.execPath, [join(ROOT, 'tools/package/pack.ts')], { cwd: ROOT });
  const folder = join(ROOT, 'dist/package');
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return { tarball: join(ROOT, `dist/${name}-${version}.tgz`), folder };
};

export interface TypedEntry {
  /** As an app imports it: `cognito-email-otp/nag`. */
  readonly name: string;
  /** The file with its types, relative to the package. */
  readonly types: string;
}

/** The entry points of the package in `folder` that have types. */
export const typedEntries = (folder: string): readonly TypedEntry[] => {
  const { name, exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly exports: Readonly<Record<string, string | { readonly types: string }>>;
  };
  return Object.entries(exports).flatMap(([path, target]) =>
    typeof target === 'string' ? [] : [{ name: path.replace('.', name), types: target.types.slice(2) }],
  );
};

/** Copies the package to `workFolder`, beside the packages that its types need, as a project that TypeScript can read. */
export const copyForTools = (folder: string, workFolder: string): void => {
  cpSync(folder, workFolder, { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(workFolder, 'node_modules'), 'junction');
  const compilerOptions = {
    target: 'es2024',
    module: 'nodenext',
    strict: true,
    types: [],
    skipLibCheck: true,
  };
  const files = typedEntries(folder).map(({ types }) => types);
  writeFileSync(join(workFolder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
};
