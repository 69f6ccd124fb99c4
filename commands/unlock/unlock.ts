/** `npm run unlock`: lets a user sign in again whom wrong codes have locked. */
import { fileURLToPath } from 'node:url';
import { asksForHelp } from '../common/source.ts';
import { explain } from '../common/unlock-errors.ts';
import { readUnlockOptions, UNLOCK_USAGE, type UnlockOptions } from './options.ts';
import { unlock } from './run.ts';
import { openUnlockSource } from './source.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const run = async ({ userId, reason, source }: UnlockOptions): Promise<void> => {
  using opened = await openUnlockSource(source, ROOT);
  console.log(await unlock(opened, { userId, reason }));
};

try {
  const args = process.argv.slice(2);
  if (asksForHelp(args)) console.log(UNLOCK_USAGE);
  else await run(readUnlockOptions(args));
} catch (error) {
  const { text, exit } = explain(error);
  console.error(text);
  process.exitCode = exit;
}
