/**
 * A newcomer follows docs/adopt/cdk.md from an empty folder to a sign-in, word by word. Where the page leaves a place for an
 * output, the output is filled in; the package comes from its tarball, and AWS is MiniStack.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { MINISTACK, type Ministack, startMinistack } from '../../support/ministack/ministack.ts';
import { createShell, type Shell, succeed } from '../../support/ministack/shell.ts';
import { deployed } from '../../support/ministack/stack.ts';
import { codeFor } from '../../support/ministack/users.ts';
import { pythonEnvironment } from '../../support/process/python.ts';
import { createSay } from '../../support/process/say.ts';

const PAGE = readFileSync(new URL('../../../docs/adopt/cdk.md', import.meta.url), 'utf8');
const [, SECTION = ''] = PAGE.split('## From an empty folder\n');

/** What the reader types, and the file that they save, in the order of the page. */
const blocks = Array.from(
  SECTION.split('\n## ')[0]?.matchAll(/^```(sh|ts)\n([\s\S]*?)^```$/gm) ?? [],
  ([, kind = '', text = '']) => ({ kind, text }),
);
const commands = blocks.flatMap(({ kind, text }) => (kind === 'sh' ? text.trim().split('\n') : []));

const say = createSay();

let ministack: Ministack;
let shell: Shell;
let folder: string;

beforeAll(async () => {
  ministack = await startMinistack(await pythonEnvironment(MINISTACK, say));
  shell = await createShell(ministack, () => {});
  folder = mkdtempSync(join(tmpdir(), 'newcomer-'));
}, 400_000);
afterAll(() => ministack?.end());

const fillIn = async (command: string): Promise<string> => {
  const packed = command.startsWith('npm install')
    ? command.replace(/(?<= )cognito-email-otp(?= )/, `file:${inject('tarball')}`)
    : command;
  if (!packed.includes('<')) return packed;
  const { outputs } = await deployed(ministack, 'Shop');
  return packed
    .replace('<UserPoolId>', outputs.EmailOtpUserPoolId ?? '')
    .replace('<ClientId>', outputs.ClientId ?? '');
};

/** Runs a command of the page; where it asks for the code, the newcomer looks into the mailbox. */
const type = async (command: string): Promise<string> => {
  const inFolder = commands.indexOf(command) === 0 ? folder : join(folder, 'shop');
  const line = `cd '${inFolder}'; ${await fillIn(command)}`;
  if (!command.includes(' sign-in ')) return succeed(shell, line);
  const keyboard = join(folder, 'keyboard');
  execFileSync('mkfifo', [keyboard]);
  const [printed] = await Promise.all([
    // Opened both ways, the pipe does not wait for somebody to type.
    succeed(shell, `${line} 0<> '${keyboard}'`),
    codeFor(ministack, { username: 'alice@example.com' }).then((code) => writeFile(keyboard, `${code}\n`)),
  ]);
  return printed;
};

test('from an empty folder to a sign-in and its trail, by the page alone', async () => {
  const printed: string[] = [];
  for (const { kind, text } of blocks) {
    if (kind === 'ts') {
      writeFileSync(join(folder, 'shop/app.mjs'), text);
      continue;
    }
    for (const command of text.trim().split('\n')) {
      const output = await type(command);
      printed.push(output);
      say(`${command}\n${output.trim().replaceAll(/^/gm, '          ')}`);
    }
  }

  expect(commands.length).toBeGreaterThan(8);
  expect(printed.at(-2)).toContain('Signed in as alice@example.com');
  expect(printed.at(-1)).toContain('VERIFIED');
}, 400_000);
