/** `npm run unlock`: lets a user sign in again whom wrong codes have locked. */
import { fileURLToPath } from 'node:url';
import { asksForHelp } from './source.ts';
import { explain } from './unlock-errors.ts';
import { readUnlockOptions, UNLOCK_USAGE, type UnlockOptions } from './unlock-options.ts';
import { unlock } from './unlock-run.ts';
import { openUnlockSource } from './unlock-source.ts';

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
