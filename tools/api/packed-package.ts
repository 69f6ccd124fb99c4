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

const packedFrom = (folder: string): PackedPackage => {
  const { name, version } = readPublished(folder);
  return { tarball: join(ROOT, `dist/${name}-${version}.tgz`), folder };
};

/** Does what `npm run pack` does. `local` is the package with the local system. Rejects with what it printed if it fails. */
export const packPackage = async (): Promise<PackedPackage & { readonly local: PackedPackage }> => {
  await promisify(execFile)(process.execPath, [join(ROOT, 'tools/package/pack.ts')], { cwd: ROOT });
  return { ...packedFrom(join(ROOT, 'dist/package')), local: packedFrom(join(ROOT, 'dist/local-package')) };
};

interface PublishedManifest {
  readonly name: string;
  readonly version: string;
  /** Both kinds of module have the same types. */
  readonly exports: Readonly<Record<string, string | { readonly import: { readonly types: string } }>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

const readPublished = (folder: string): PublishedManifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

export interface TypedEntry {
  /** As an app imports it: `cognito-email-otp/nag`. */
  readonly name: string;
  /** The file with its types, relative to the package. */
  readonly types: string;
}

/** The entry points of the package in `folder` that have types. */
export const typedEntries = (folder: string): readonly TypedEntry[] => {
  const { name, exports } = readPublished(folder);
  return Object.entries(exports).flatMap(([path, target]) =>
    typeof target === 'string'
      ? []
      : [{ name: path.replace('.', name), types: target.import.types.slice(2) }],
  );
};

/**
 * Copies the types of the package in `folder` to `workFolder`, as a project that TypeScript can read. Its `node_modules` have the
 * packages that the types need, and the package itself.
 */
export const copyForTools = (folder: string, workFolder: string): void => {
  const { name, version, peerDependencies } = readPublished(folder);
  const modules = join(workFolder, 'node_modules');
  cpSync(folder, join(modules, name), { recursive: true });
  for (const peer of Object.keys(peerDependencies)) {
    symlinkSync(join(ROOT, 'node_modules', peer), join(modules, peer), 'junction');
  }
  const files = typedEntries(folder).map(({ types }) => types);
  for (const types of files) cpSync(join(folder, types), join(workFolder, types));
  // Without `exports`, so that the package's name leads to `node_modules`.
  writeFileSync(join(workFolder, 'package.json'), JSON.stringify({ name, version, type: 'module' }));
  const compilerOptions = {
    target: 'es2024',
    module: 'nodenext',
    strict: true,
    types: [],
    skipLibCheck: true,
  };
  writeFileSync(join(workFolder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
};
