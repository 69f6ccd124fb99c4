/** Reads from the sources what the documents have to name. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../structure/sources.ts';

export const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** The names of the errors that the sources of these patterns throw. */
export const namesIn = (...patterns: readonly string[]): readonly string[] =>
  globSync(patterns, { cwd: ROOT }).flatMap((path) =>
    Array.from(
      textOf(path).matchAll(/(?:new ReportedError\(\s*|override readonly name = )'(\w+)'/g),
      ([, name = '']) => name,
    ),
  );
