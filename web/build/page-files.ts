/** Builds the sign-in page without a pool; `fillPage` makes it the page of one. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundlePages, SIGN_IN_PAGE } from './bundle.ts';
import { POLICY } from './fill-page.ts';

export interface BuiltPage {
  /** The folder with its files. */
  readonly page: string;
  /** The paths of all files that are in its bundles, from the root. */
  readonly inputs: readonly string[];
}

/**
 * Writes the files into `<folder>/page`, in place of those that are there. Rejects with esbuild's message if the page cannot
 * be built.
 */
export const buildPage = async (folder: string): Promise<BuiltPage> => {
  const page = join(folder, 'page');
  const { assets, pages, inputs } = await bundlePages(
    [{ ...SIGN_IN_PAGE, isAlone: true }],
    undefined,
    POLICY,
  );
  rmSync(page, { recursive: true, force: true });
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(page, 'index.html'), pages.get(SIGN_IN_PAGE.path) ?? '');
  for (const [path, { body }] of assets) writeFileSync(join(page, path), body);
  return { page, inputs };
};
