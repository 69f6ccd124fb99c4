/** The deployment test's virtual environment, kept in `.local/deploy` until its requirements change. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './process.ts';

const FOLDER = fileURLToPath(new URL('../../../.local/deploy/', import.meta.url));
const REQUIREMENTS = fileURLToPath(new URL('../../deploy/requirements.txt', import.meta.url));

/** The oldest Python that MiniStack's package accepts. */
const OLDEST = '3.10';
const CHECK = `import sys, venv, ensurepip; print(sys.version); sys.exit(sys.version_info < (${OLDEST.replace('.', ', ')}))`;

/** There is no Python that can run the emulator. The message says how to install one. */
class PythonMissingError extends Error {
  override readonly name = 'PythonMissingError';
}

const missing = (found: string): PythonMissingError =>
  new PythonMissingError(`The deployment test deploys to MiniStack, which needs Python ${OLDEST} or later with venv; here python3 says: ${found.trim()}
Install it, for instance:
  Debian, Ubuntu   apt-get install python3 python3-venv
  Fedora           dnf install python3
  macOS            brew install python
Or run npm test, which covers the same stack on the local engines.`);

/** Returns the path of the environment's Python. `say` gets the progress. Throws `PythonMissingError`, or what pip says. */
export const pythonEnvironment = async (say: (text: string) => void): Promise<string> => {
  const { code, output } = await run('python3', ['-c', CHECK]);
  if (code !== 0) throw missing(output);
  const key = createHash('sha256')
    .update(output)
    .update(readFileSync(REQUIREMENTS))
    .digest('hex')
    .slice(0, 12);
  const folder = join(FOLDER, `python-${key}`);
  const python = join(folder, 'bin', 'python3');
  // This file is written last, so that an interrupted installation does not count as complete.
  const complete = join(folder, 'complete');
  if (existsSync(complete)) return python;
  for (const old of existsSync(FOLDER) ? readdirSync(FOLDER) : []) {
    if (old.startsWith('python-')) rmSync(join(FOLDER, old), { recursive: true, force: true });
  }
  mkdirSync(FOLDER, { recursive: true });
  say('installing MiniStack into .local/deploy, once');
  await install('python3', ['-m', 'venv', folder]);
  await install(python, ['-m', 'pip', 'install', '--disable-pip-version-check', '-r', REQUIREMENTS]);
  writeFileSync(complete, '');
  return python;
};

const install = async (file: string, args: readonly string[]): Promise<void> => {
  const { code, output } = await run(file, args);
  if (code !== 0) throw new Error(`${[file, ...args].join(' ')} failed:\n${output}`);
};
