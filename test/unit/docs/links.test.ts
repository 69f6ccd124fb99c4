import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { FILES } from '../structure/layout.ts';
import { EVERYTHING, PRODUCT, ROOT } from '../structure/sources.ts';

const PAGES = globSync(
  ['*.md', 'docs/**/*.md', '{local,tools/*}/README.md', 'examples/*/README.md', '.github/*.md'],
  {
    cwd: ROOT,
  },
);

/** A path from the root, up to its first placeholder. */
const PATH =
  /(?<![\w/.-])(?:services|shared|infra|client|commands|web|local|tools|test|docs|\.ci|\.github|\.vscode)\/[\w./-]*\w/g;
/** In a page and in a script, paths are looked for everywhere; in a source, in comments. */
const ANYWHERE = /.+/g;
const COMMENT = /(?<=^|\s)\/\*[\s\S]*?\*\/|(?<=^\s*)\/\/.*$/gm;

/** The name of a file of the project, without its folder, as a whole code span. */
const NAME = /(?<=`)[\w.-]+\.(?:ts|mjs|md|html)(?=`)/g;
const NAMES = new Set(FILES.map((path) => basename(path)));

/** A link: the page's path, and the heading's anchor if there is one. */
const LINK = /\]\(([^)#:\s]*)(?:#([^)\s]*))?\)/g;

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const missingPaths = (text: string, where: RegExp) =>
  (text.match(where) ?? [])
    .flatMap((part) => part.match(PATH) ?? [])
    .filter((path) => !existsSync(join(ROOT, path)));

/** The targets of links are relative to the page, and are looked for as links. */
const withoutTargets = (page: string): string => page.replaceAll(LINK, ']');

const missingNames = (page: string) => (page.match(NAME) ?? []).filter((name) => !NAMES.has(name));

/** The scripts of the project, or of the example that the page is about. */
const scriptsFor = (page: string): Readonly<Record<string, string>> => {
  const own = join(dirname(page), 'package.json');
  return JSON.parse(read(page.startsWith('examples/') && existsSync(join(ROOT, own)) ? own : 'package.json'))
    .scripts;
};
const missingScripts = (text: string, page = 'README.md') =>
  Array.from(text.matchAll(/npm run (?:--silent )?([\w:]+(?:-\w+)*)/g), ([, name = '']) => name).filter(
    (name) => !Object.hasOwn(scriptsFor(page), name),
  );

const anchorsOf = (text: string) =>
  Array.from(text.matchAll(/^#+ (.*)$/gm), ([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );

const brokenLinks = (page: string, text: string) =>
  Array.from(text.matchAll(LINK))
    .filter(([, to, anchor]) => {
      const target = to ? join(dirname(page), to) : page;
      if (!existsSync(join(ROOT, target))) return true;
      return anchor !== undefined && !anchorsOf(to ? read(target) : text).includes(anchor);
    })
    .map(([link]) => link);

describe.each(PAGES)('%s', (page) => {
  it('links to nothing that is not there', () => {
    expect(brokenLinks(page, read(page))).toEqual([]);
  });

  it('names no file and no folder that is not there', () => {
    expect([...missingPaths(withoutTargets(read(page)), ANYWHERE), ...missingNames(read(page))]).toEqual([]);
  });
});

test('comments and scripts name no file and no folder that is not there', () => {
  const missing = [
    ...EVERYTHING.map(({ path, text }) => ({ path, missing: missingPaths(text, COMMENT) })),
    ...['.ci/run', '.github/workflows/release.yml', 'package.json'].map((path) => ({
      path,
      missing: missingPaths(read(path), ANYWHERE),
    })),
  ];

  expect(missing.filter((one) => one.missing.length > 0)).toEqual([]);
});

test('pages and the product name no script that package.json does not have', () => {
  const texts = [
    ...[...PAGES, '.github/workflows/release.yml'].map((path) => ({ path, text: read(path) })),
    ...PRODUCT,
  ];
  const missing = texts.flatMap(({ path, text }) =>
    missingScripts(text, path).map((name) => ({ path, name })),
  );

  expect(missing).toEqual([]);
  expect(missingScripts('npm run audit, npm run --silent gone, npm run test:gone')).toEqual([
    'gone',
    'test:gone',
  ]);
});

test('a page that is not there, a heading that is not there and a path that is not there are found', () => {
  const text =
    '[a](nowhere.md) [b](limits.md#all-of-them) [c](limits.md#nothing) `shared/nowhere.ts` `shared/`\nnpm test -- test/gone';

  expect(brokenLinks('docs/README.md', text)).toEqual(['](nowhere.md)', '](limits.md#nothing)']);
  expect(missingPaths(text, ANYWHERE)).toEqual(['shared/nowhere.ts', 'test/gone']);
  expect(missingNames('`gone.ts`, `package.json`, `vitest.config.ts`')).toEqual(['gone.ts']);
  expect(missingPaths('// As infra/gone.ts does.\nconst path = "infra/gone.ts";', COMMENT)).toEqual([
    'infra/gone.ts',
  ]);
});
