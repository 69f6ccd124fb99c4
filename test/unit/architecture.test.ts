import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

// What no type checker holds: which folder may know which, and how long things may get.

const ROOT = join(import.meta.dirname, '../..');

interface Source {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

const sources = (pattern: string): readonly Source[] =>
  globSync(pattern, { cwd: ROOT })
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));

const PRODUCT = sources('{infra,services,shared}/**/*.ts');
const EVERYTHING = [...PRODUCT, ...sources('test/**/*.ts')];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const IMPORT =
  /^(?:import|export)\s+(type\s)?[^;]*?from '(\.[^']+)'|\bimport\('(\.[^']+)'\)|^import '(\.[^']+)'/gm;

/** The imports of one file from others of the project, by their paths from the root. */
const importsOf = ({ path, text }: Source): readonly Import[] =>
  Array.from(text.matchAll(IMPORT), ([, type, named, dynamic, bare]) => ({
    from: path,
    to: normalize(join(dirname(path), named ?? dynamic ?? bare ?? '')),
    typeOnly: type !== undefined,
  }));

/** A service, or the folder that a file is in: `services/cli`, `shared`, `infra/local`, `infra`. */
const partOf = (path: string): string =>
  /^(services\/[^/]+|infra\/local)\//.exec(path)?.[1] ?? path.slice(0, path.indexOf('/'));

const isAllowed = ({ from, to, typeOnly }: Import): boolean => {
  const [importer, imported] = [partOf(from), partOf(to)];
  if (importer === imported || imported === 'shared') return true;
  switch (importer) {
    case 'infra':
      return /^services\/[^/]+\/config\.ts$/.test(to) && typeOnly;
    case 'infra/local':
      return imported === 'infra' || to === 'services/cli/local-outputs.ts';
    default:
      return false;
  }
};

const describeImport = ({ from, to }: Import) => `${from} → ${to}`;

describe('imports', () => {
  const imports = PRODUCT.flatMap(importsOf);

  test('are found at all', () => {
    expect(imports.length).toBeGreaterThan(100);
  });

  test('go one way: infra knows services by their configuration types, services know shared, and shared itself', () => {
    const forbidden = imports.filter((it) => !isAllowed(it)).map(describeImport);

    expect(forbidden).toEqual([]);
  });

  test('name files as they are', () => {
    const paths = new Set(globSync('{infra,services,shared}/**/*', { cwd: ROOT }));

    const missing = imports.filter(({ to }) => !paths.has(to)).map(describeImport);

    expect(missing).toEqual([]);
  });

  test.each([
    ['services/create-auth-challenge/handler.ts', 'services/verify-auth-challenge/config.ts', false],
    ['services/cli/sign-in.ts', 'services/deliver-code/mail-texts.ts', false],
    ['services/cli/sign-in.ts', 'infra/local/options.ts', false],
    ['shared/policy.ts', 'services/deliver-code/deliver.ts', false],
    ['shared/policy.ts', 'infra/settings.ts', false],
    ['infra/stack.ts', 'infra/local/clock.ts', false],
    ['infra/stack.ts', 'services/deliver-code/deliver.ts', false],
    ['infra/local/system.ts', 'services/deliver-code/handler.ts', false],
    ['infra/local/main.ts', 'services/cli/local-outputs.ts', true],
    ['infra/local/synth.ts', 'infra/settings.ts', true],
    ['services/deliver-code/deliver.ts', 'shared/code.ts', true],
  ])('of %s from %s are judged rightly', (from, to, allowed) => {
    expect(isAllowed({ from, to, typeOnly: true })).toBe(allowed);
  });
});

describe('sources', () => {
  const lines = (text: string) => text.split('\n').length - 1;

  test('are at most 300 lines long, tests at most 250', () => {
    const limit = (path: string) => (path.endsWith('.test.ts') ? 250 : 300);

    const long = EVERYTHING.filter(({ path, text }) => lines(text) > limit(path)).map(
      ({ path, text }) => `${path}: ${lines(text)}`,
    );

    expect(long).toEqual([]);
  });

  test('have handlers of at most 40 lines', () => {
    const handlers = PRODUCT.filter(({ path }) => /^services\/[^/]+\/handler\.ts$/.test(path)).map(
      ({ path, text }) => ({
        path,
        length: lines(/^export const handler = [\s\S]*?^(?:\)|\}\));$/m.exec(text)?.[0] ?? ''),
      }),
    );

    expect(handlers.length).toBeGreaterThanOrEqual(4);
    for (const { path, length } of handlers) {
      expect(length, path).toBeGreaterThan(0);
      expect(length, path).toBeLessThanOrEqual(40);
    }
  });

  test.each([
    ['enums', /^\s*(?:export )?(?:declare )?(?:const )?enum\s/m],
    ['default exports', /^\s*export default\b|\bas default\b/m],
    ['re-exports', /^export (?:\*|(?:type )?\{[^}]*\} from)/m],
    ['imports without an ending', /from '\.[^']*(?<!\.(?:ts|json|mjs))'/],
  ])('have no %s', (_, pattern) => {
    const offenders = PRODUCT.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

    expect(offenders).toEqual([]);
  });

  test('have names in kebab-case', () => {
    const odd = EVERYTHING.map(({ path }) => path).filter(
      (path) => !/^(?:[a-z0-9-]+\/)+[a-z0-9-]+(?:\.(?:test|d|e2e))?\.ts$/.test(path),
    );

    expect(odd).toEqual([]);
  });
});
