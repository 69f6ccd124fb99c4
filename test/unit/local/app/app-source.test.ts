import { mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSource } from '../../../../local/app/app-source.ts';
import { readStartOptions } from '../../../../local/options.ts';
import { anAssembly, anOtp } from './an-app.ts';

/** An app that has the module `tool`. */
const anAppFolder = (): string => {
  const caller = mkdtempSync(join(tmpdir(), 'caller-'));
  mkdirSync(join(caller, 'node_modules', 'tool'), { recursive: true });
  writeFileSync(join(caller, 'node_modules', 'tool', 'index.js'), 'tool');
  return caller;
};

const readInto = (folder: string, caller: string) =>
  openSource(readStartOptions(['--template', anAssembly({ Shop: anOtp() })], caller), {
    folder,
    caller,
    environment: {},
  }).read();

const toolIn = (folder: string) => join(folder, 'node_modules', 'tool', 'index.js');

test('code in a folder outside of the app finds the modules of the app', async () => {
  const caller = anAppFolder();
  const folder = join(mkdtempSync(join(tmpdir(), 'elsewhere-')), 'local');

  await readInto(folder, caller);
  await readInto(folder, caller);

  expect(realpathSync(toolIn(folder))).toBe(realpathSync(toolIn(caller)));
});

test('a folder follows the app that it is started for', async () => {
  const [first, second] = [anAppFolder(), anAppFolder()];
  const folder = mkdtempSync(join(tmpdir(), 'elsewhere-'));

  await readInto(folder, first);
  await readInto(folder, second);

  expect(realpathSync(toolIn(folder))).toBe(realpathSync(toolIn(second)));
});

test('a folder of the app, or with modules of its own, is left as it is', async () => {
  const caller = anAppFolder();
  const inside = join(caller, '.local');
  mkdirSync(inside);
  const own = anAppFolder();
  writeFileSync(toolIn(own), 'own tool');

  await readInto(inside, caller);
  await readInto(own, caller);

  expect(() => realpathSync(toolIn(inside))).toThrow('ENOENT');
  expect(readFileSync(toolIn(own), 'utf8')).toBe('own tool');
});
