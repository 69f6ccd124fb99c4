import { describe, expect, test } from 'vitest';
import { EVERYTHING, PRODUCT } from './sources.ts';

// What no type checker holds: how long things may get, and what the language has that we do without.

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
      (path) => !/^(?:[a-z0-9-]+\/)+[a-z0-9-]+(?:\.(?:test|d))?\.(?:ts|mjs)$/.test(path),
    );

    expect(odd).toEqual([]);
  });
});
