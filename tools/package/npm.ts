/** Runs npm: the one that started this process, or else the one of the path. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Resolves with what npm prints. Rejects with npm's message if it fails. */
export const runNpm = async (args: readonly string[], cwd: string): Promise<string> => {
  const npm = process.env.npm_execpath;
  const { stdout } = await promisify(execFile)(
    npm ? process.execPath : 'npm',
    npm ? [npm, ...args] : [...args],
    { cwd },
  );
  return stdout;
};
