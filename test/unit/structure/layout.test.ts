import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FILES, filesByFolder, subjectsOf } from './layout.ts';

// Where things are: folders are small enough to see at a glance, and each unit test is at the place of what it tests.

describe('folders', () => {
  /** Folders with one file for each operation, fault, alarm, language or subject, however many there are. */
  const LISTS = ['operations', 'cases', 'runbooks', 'texts', 'docs'];
  const MOST = 12;

  const crowded = (files: readonly string[]) =>
    [...filesByFolder(files)]
      .filter(([folder, count]) => count > MOST && !LISTS.includes(basename(folder)))
      .map(([folder, count]) => `${folder}: ${count}`);

  test('hold at most 12 files, save lists', () => {
    expect(crowded(FILES)).toEqual([]);
  });

  test('that hold more are found', () => {
    const files = (folder: string) => Array.from({ length: 13 }, (_, n) => `${folder}/${n}.ts`);

    expect(crowded([...files('shared/words'), ...files('docs/runbooks')])).toEqual(['shared/words: 13']);
  });
});

describe('unit tests', () => {
  /** Folders of tests about the whole tree, or about many parts of it together. */
  const ROOMS: Readonly<Record<string, string>> = {
    structure: 'the tree itself',
    docs: 'the documents, against the code that they speak of',
    upgrade: 'what an earlier release has stored and sent, for the code of today',
    model: 'create, verify and the user record together, against a model of a challenge’s life',
    'services/fuzz': 'every handler, with events that nobody should send',
  };

  const isInRoom = (test: string) => Object.keys(ROOMS).some((room) => test.startsWith(`test/unit/${room}/`));

  const sources = new Set(FILES.map((file) => file.replace(/\.(?:ts|mjs)$/, '')));
  const folders = filesByFolder(FILES);
  const isAtHome = (test: string) => {
    const { file, folder } = subjectsOf(test);
    return sources.has(file) || folders.has(file) || sources.has(folder);
  };

  const tests = FILES.filter((file) => /^test\/unit\/.*\.test\.ts$/.test(file));

  test('are named after the file or folder at the same place of the tree, with a topic behind a dot or in its folder', () => {
    const homeless = tests.filter((test) => !isInRoom(test) && !isAtHome(test));

    expect(tests.length).toBeGreaterThan(200);
    expect(homeless).toEqual([]);
  });

  test('without such a file are found', () => {
    const paths = [
      'table/table.calls',
      'table/user-store/unlock',
      'nowhere',
      'table/nowhere/unlock',
      'unlock',
    ];

    expect(paths.map((path) => isAtHome(`test/unit/shared/${path}.test.ts`))).toEqual([
      ...[true, true],
      ...[false, false, false],
    ]);
  });
});
