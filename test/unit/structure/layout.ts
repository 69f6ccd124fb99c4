import { globSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { ROOT } from './sources.ts';

/** The paths from the root of all files, except those that are installed, built or written by a run. */
export const FILES: readonly string[] = globSync('**/*', {
  cwd: ROOT,
  withFileTypes: true,
  exclude: ({ name }) => /^(?:\..*|node_modules|cdk\.out|coverage|dist|sign-in-page|__pycache__)$/.test(name),
})
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => `${parentPath.slice(ROOT.length + 1)}/${name}`.replace(/^\//, ''))
  .toSorted();

/** How many files each folder holds, without those of the folders in it. */
export const filesByFolder = (files: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  return counts;
};

/**
 * What a unit test may be about, by its name: `table.calls.test.ts` in `test/unit/shared/table` is about
 * `shared/table/table.ts`. A name may be that of a folder too. Many tests of one file have a folder of its name:
 * `user-store/unlock.test.ts` is about `shared/table/user-store.ts`.
 */
export const subjectsOf = (test: string): { readonly file: string; readonly folder: string } => {
  const [subject = ''] = basename(test).split('.');
  const folder = dirname(test).slice('test/unit/'.length);
  return { file: `${folder}/${subject}`, folder };
};
