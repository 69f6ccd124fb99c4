import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { describe, expect, it, test } from 'vitest';
import { buildFunction, bundleOptions } from '../../../../tools/package/functions.ts';

interface Output {
  readonly imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[];
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** The files of a function's bundle, by their names. */
const filesOf = (service: string): ReadonlyMap<string, Output> => {
  const { metafile } = buildSync({ ...bundleOptions(service, 'bundle'), write: false, metafile: true });
  return new Map(Object.entries(metafile?.outputs ?? {}));
};

/** The sources that a start of the function reads: those of its first file, and of all that it imports at once. */
const readAtStart = (files: ReadonlyMap<string, Output>): ReadonlySet<string> => {
  const sources = new Set<string>();
  const read = new Set<string>();
  const follow = (path: string): void => {
    if (read.has(path)) return;
    read.add(path);
    const { imports, inputs } = files.get(path) as Output;
    for (const source of Object.keys(inputs)) sources.add(source);
    for (const { path: next, kind, external } of imports)
      if (kind === 'import-statement' && !external) follow(next);
  };
  follow('bundle/index.mjs');
  return sources;
};

describe('a start of guard-tokens', () => {
  const files = filesOf('guard-tokens');
  const atStart = [...readAtStart(files)];
  const all = [...files.values()].flatMap(({ inputs }) => Object.keys(inputs));

  it.each([
    ['the client for an app’s own function', '/client-lambda/'],
    ['what calls that function', 'services/guard-tokens/pre-token-function.ts'],
  ])('does not read %s, which is in the bundle', (_, part) => {
    expect(all.filter((source) => source.includes(part))).not.toEqual([]);
    expect(atStart.filter((source) => source.includes(part))).toEqual([]);
    expect(atStart).toContain('services/guard-tokens/handler.ts');
  });
});

test('every file of a bundle is named by another one, but for the first', () => {
  for (const service of readdirSync(join(import.meta.dirname, '../../../../services'))) {
    const files = filesOf(service);
    const named = new Set([...files.values()].flatMap(({ imports }) => imports.map(({ path }) => path)));

    expect([...files.keys()].filter((path) => !named.has(path))).toEqual(['bundle/index.mjs']);
  }
});

describe('the folder of a function', () => {
  it('has what its last build wrote, and nothing of an earlier one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'otp-function-'));
    await buildFunction('define-auth-challenge', folder);
    const built = readdirSync(folder);
    writeFileSync(join(folder, 'chunk-OF1BEFORE.mjs'), '');

    await buildFunction('define-auth-challenge', folder);

    expect(built).toContain('index.mjs');
    expect(readdirSync(folder).toSorted()).toEqual(built.toSorted());
  });
});
