import { describe, expect, test } from 'vitest';
import { importsOf } from './imports.ts';
import { EVERYTHING, PRODUCT } from './sources.ts';

// What no type checker checks: how long things may get, and which features of the language we do without.

describe('sources', () => {
  const lines = (text: string) => text.split('\n').length - 1;

  test('are at most 320 lines long, tests at most 250', () => {
    const limit = (path: string) => (path.endsWith('.test.ts') ? 250 : 320);

    const long = EVERYTHING.filter(({ path, text }) => lines(text) > limit(path)).map(
      ({ path, text }) => `${path}: ${lines(text)}`,
    );

    expect(long).toEqual([]);
  });

  test('of the product have at most 60 lines at the median', () => {
    const lengths = PRODUCT.map(({ text }) => lines(text)).toSorted((a, b) => a - b);

    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(60);
  });

  test('of fewer than 15 lines have more than one user, or they would live with it', () => {
    const importers = new Map<string, Set<string>>();
    for (const { from, to, kind } of EVERYTHING.flatMap(importsOf)) {
      if (kind === 'text') continue; // A file that is named by its path runs by itself, as a thread or a process.
      importers.set(to, (importers.get(to) ?? new Set()).add(from));
    }
    const users = (path: string) =>
      [...(importers.get(path) ?? [])].filter(
        (from) => path.startsWith('test/') || !from.startsWith('test/'),
      );

    const lonely = EVERYTHING.filter(({ path, text }) => lines(text) < 15 && users(path).length === 1);

    expect(lonely.map(({ path }) => `${path}, used by ${users(path)}`)).toEqual([]);
  });

  test('have handlers of at most 40 lines', () => {
    const handlers = PRODUCT.filter(({ path }) => /^services\/(?:[^/]+\/)+handler\.ts$/.test(path)).map(
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
    ['imports without an ending', /^[^`\n]*from '\.[^']*(?<!\.(?:ts|json|mjs))'/m],
  ])('have no %s', (_, pattern) => {
    // What an app imports of the client library comes from several files, and needs one address.
    const isEntry = (path: string) => /^client\/(?:client|words\/words)\.ts$/.test(path);

    const offenders = PRODUCT.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

    expect(offenders.filter((path) => !isEntry(path))).toEqual([]);
  });

  test('mean one thing by each exported name, save those that every service has by rule', () => {
    const ofEveryService = ['COMPONENT', 'Dependencies', 'envSchema', 'handler'];
    const homes = new Map<string, string[]>();
    for (const { path, text } of PRODUCT) {
      for (const [, name = ''] of text.matchAll(
        /^export (?:async )?(?:const|class|function|interface|type) (\w+)/gm,
      )) {
        if (path.startsWith('services/') && ofEveryService.includes(name)) continue;
        homes.set(name, [...(homes.get(name) ?? []), path]);
      }
    }

    expect(homes.size).toBeGreaterThan(500);
    expect([...homes].filter(([, paths]) => paths.length > 1)).toEqual([]);
  });

  test('have names in kebab-case', () => {
    const odd = EVERYTHING.map(({ path }) => path).filter(
      (path) => !/^(?:[a-z0-9-]+\/)+[a-z0-9-]+(?:(?:\.[a-z-]+)?\.test|\.d)?\.(?:ts|mjs)$/.test(path),
    );

    expect(odd).toEqual([]);
  });
});

describe('constructs', () => {
  const FROM_THE_CDK = /^import\s+(?:type\s)?([^;]*?)\s+from\s+'(?:aws-cdk-lib|constructs)[^']*'/gm;
  const IN_AN_INSTANCE_TEST = /\binstanceof\s+(\w+)/g;

  /** What is asked for by its class, of what the file has from the CDK. */
  const classesAskedFor = (text: string): readonly string[] => {
    const ofTheCdk = Array.from(text.matchAll(FROM_THE_CDK), ([, names = '']) => names.match(/\w+/g) ?? []);
    return Array.from(text.matchAll(IN_AN_INSTANCE_TEST), ([, name = '']) => name).filter((name) =>
      ofTheCdk.flat().includes(name),
    );
  };

  test('ask for no class of the CDK, because what an app gives may be of another copy of it', () => {
    const asking = PRODUCT.filter(({ path }) => path.startsWith('infra/'))
      .filter(({ text }) => classesAskedFor(text).length > 0)
      .map(({ path }) => path);

    expect(asking).toEqual([]);
  });

  test.each([
    ['by its name', "import { Duration, Stack } from 'aws-cdk-lib';\nit instanceof Duration", 'Duration'],
    ['by another', "import {\n  Stack as S,\n} from 'aws-cdk-lib';\nit instanceof S", 'S'],
    ['in all that there is', "import * as cdk from 'aws-cdk-lib';\nit instanceof cdk.Stack", 'cdk'],
    ['of a service', "import { Key } from 'aws-cdk-lib/aws-kms';\nit instanceof Key", 'Key'],
  ])('that ask for one are found: %s', (_, text, name) => {
    expect(classesAskedFor(text)).toEqual([name]);
    expect(classesAskedFor(text.replace('aws-cdk-lib', './own'))).toEqual([]);
  });
});
