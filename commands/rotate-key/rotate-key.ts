/** `npm run rotate-key`: gives the codes of the local system or of a deployed stack a new key. */
import { fileURLToPath } from 'node:url';
import { explain } from '../common/rotate-key-errors.ts';
import { asksForHelp } from '../common/source.ts';
import { openTerminal } from '../common/terminal.ts';
import { ROTATE_KEY_USAGE, type RotateKeyOptions, readRotateKeyOptions } from './options.ts';
import { confirm, rotate } from './run.ts';
import { openKeyringSource } from './source.ts';
import { WARNING } from './words.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const askFirst = async (): Promise<void> => {
  const terminal = openTerminal();
  try {
    await confirm(terminal);
  } finally {
    terminal.close();
  }
};

const run = async ({ emergency, yes, source }: RotateKeyOptions): Promise<void> => {
  using keyring = await openKeyringSource(source, ROOT);
  if (emergency && yes) console.log(WARNING);
  if (emergency && !yes) await askFirst();
  console.log(await rotate(keyring, emergency));
};

try {
  const args = process.argv.slice(2);
  if (asksForHelp(args)) console.log(ROTATE_KEY_USAGE);
  else await run(readRotateKeyOptions(args, process.stdin.isTTY === true));
} catch (error) {
  const { text, exit } = explain(error);
  console.error(text);
  process.exitCode = exit;
}
