import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

// What an installation brings is what the lockfile says, byte for byte, and nothing of it runs while it is being installed.

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

interface LockedPackage {
  readonly version: string;
  readonly integrity?: string;
  /** Comes inside another package, under its hash. */
  readonly inBundle?: boolean;
  readonly os?: string | readonly string[];
  readonly cpu?: string | readonly string[];
}
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, LockedPackage> };
const manifest = JSON.parse(read('package.json'));
const nodes = Object.entries(manifest.optionalDependencies as Record<string, string>);

test.each(['', '.ci/package-tools/'])('each package of "%s" has a hash', (folder) => {
  const locked = JSON.parse(read(`${folder}package-lock.json`)).packages as typeof packages;
  const own = Object.entries(locked).filter(([path, { inBundle }]) => path !== '' && !inBundle);

  expect(own.length).toBeGreaterThan(100);
  const unhashed = own.filter(([, { integrity }]) => !integrity);

  expect(unhashed.map(([path]) => path)).toEqual([]);
});

test('no package may run a script when it is installed', () => {
  for (const path of ['.npmrc', '.ci/package-tools/.npmrc'])
    expect(read(path).split('\n')).toContain('ignore-scripts=true');
  expect(Object.values(manifest.allowScripts ?? {})).not.toContain(true);
  expect(Object.keys(manifest.scripts).filter((name) => /^(?:pre|post)|install|prepare/.test(name))).toEqual(
    [],
  );
});

test('Node is pinned to one version, which each package of it brings for its platform alone', () => {
  expect(nodes.length).toBeGreaterThan(1);
  expect(new Set(nodes.map(([, version]) => version)).size).toBe(1);
  for (const [name, version] of nodes) {
    const [, os, cpu] = name.split('-');
    const { os: forOs, cpu: forCpu, ...locked } = packages[`node_modules/${name}`] ?? {};
    expect(locked).toMatchObject({ version, optional: true });
    expect([[forOs].flat(), [forCpu].flat()]).toEqual([[os === 'win' ? 'win32' : os], [cpu]]);
  }
});
