/** The texts that come with the package, one file for each language. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** What is in a file of texts, or in a section of it. */
export interface TextTree {
  readonly [key: string]: string | TextTree;
}

/** The `package.json` says where they are, the repository's as well as the published one. */
const folder = (): string => dirname(createRequire(import.meta.url).resolve('#texts/en.json'));

/** What is in each file, by its tag of BCP 47, in the order of the tags. A test checks the files, so they are not checked here. */
export const shippedTexts = (): Readonly<Record<string, TextTree>> =>
  Object.fromEntries(
    readdirSync(folder())
      .toSorted()
      .map((name) => [
        name.replace(/\.json$/, ''),
        JSON.parse(readFileSync(join(folder(), name), 'utf8')) as TextTree,
      ]),
  );
