import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { findLocal, LOCAL_PACKAGE, runStart } from '../../../../tools/package/local-package.ts';

/** A place in a folder whose `node_modules` have the package in this version, or lack it. */
const aPlace = (version?: string): string => {
  const place = join(mkdtempSync(join(tmpdir(), 'place-')), 'package.json');
  if (version === undefined) return place;
  const folder = join(dirname(place), 'node_modules', LOCAL_PACKAGE);
  mkdirSync(folder, { recursive: true });
  const exports = { './start': './start.mjs', './package.json': './package.json' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ version, exports }));
  writeFileSync(join(folder, 'start.mjs'), '');
  return place;
};

const entryIn = (place: string) =>
  pathToFileURL(join(dirname(place), 'node_modules', LOCAL_PACKAGE, 'start.mjs')).href;

const find = (places: readonly string[], node = '24.0.0') => findLocal({ version: '1.2.3', node, places });

describe('the local system', () => {
  test('is found for the app, before it is looked for beside the program', () => {
    const [app, beside] = [aPlace('1.2.3'), aPlace('1.2.3')];

    expect(find([app, beside])).toEqual({ kind: 'found', entry: entryIn(app) });
    expect(find([aPlace(), beside])).toEqual({ kind: 'found', entry: entryIn(beside) });
  });

  test('of another version is passed over', () => {
    const beside = aPlace('1.2.3');

    expect(find([aPlace('1.2.2'), beside])).toEqual({ kind: 'found', entry: entryIn(beside) });
  });

  test('that is missing is asked for by the line to type', () => {
    expect(find([aPlace(), aPlace()])).toEqual({
      kind: 'unusable',
      why: 'The local system is in a package of its own, cognito-email-otp-local, which is not installed. Type: npm install --save-dev cognito-email-otp-local@1.2.3',
    });
  });

  test('of another version alone is refused by both versions and the line to type', () => {
    expect(find([aPlace('1.2.2'), aPlace()])).toEqual({
      kind: 'unusable',
      why: 'cognito-email-otp-local 1.2.2 is installed, and this is cognito-email-otp 1.2.3; both must have one version. Type: npm install --save-dev cognito-email-otp-local@1.2.3',
    });
  });

  test('is refused on a Node that is older than that of the functions', () => {
    for (const node of ['20.19.0', '22.23.5', '23.11.1']) {
      const why = `needs Node.js 24 or later, on which the functions run; this is ${node}. Install it`;
      expect(find([aPlace('1.2.3')], node)).toEqual({
        kind: 'unusable',
        why: expect.stringContaining(why),
      });
    }
    expect(find([aPlace('1.2.3')], '26.0.0')).toMatchObject({ kind: 'found' });
  });
});

describe('start', () => {
  const { argv } = process;
  afterEach(() => {
    process.argv = argv;
    process.exitCode = undefined;
    vi.restoreAllMocks();
  });

  test('of a missing local system fails, and its help says the same without failing', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});

    process.argv = ['node', 'start', '--help'];
    await runStart('1.2.3');
    expect(process.exitCode).toBeUndefined();
    process.argv = ['node', 'start', '--port', '4567'];
    await runStart('1.2.3');

    expect(process.exitCode).toBe(1);
    expect(log.mock.calls.join()).toContain('cognito-email-otp-local@1.2.3');
    expect(error.mock.calls.join()).toContain('cognito-email-otp-local@1.2.3');
  });
});
