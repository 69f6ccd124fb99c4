/** Virtual environments of Python with what a test runs, kept below `.local/` until their requirements change. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './process.ts';

/** The oldest Python that all of the requirements accept. */
const OLDEST = '3.10';
const CHECK = `import sys, venv, ensurepip; print(sys.version); sys.exit(sys.version_info < (${OLDEST.replace('.', ', ')}))`;

/** There is no Python that can run what is required. The message says how to install one. */
export class PythonMissingError extends Error {
  override readonly name = 'PythonMissingError';
}

export interface PythonEnvironment {
  /** What is in it, for messages. */
  readonly title: string;
  /** Relative to `.local/`. */
  readonly folder: string;
  /** The requirements file, which pins every package. */
  readonly requirements: URL;
}

/** For the clients that are written in Python, and for whoever deploys by the AWS CLI. */
export const AWS_CLI: PythonEnvironment = {
  title: 'the AWS CLI, boto3 and pycognito',
  folder: 'clients',
  requirements: new URL('../../clients/requirements.txt', import.meta.url),
};

const missing = (title: string, found: string): PythonMissingError =>
  new PythonMissingError(`Python ${OLDEST} or later with venv is needed for ${title}; here python3 says: ${found.trim()}
Install it, for instance:
  Debian, Ubuntu   apt-get install python3 python3-venv
  Fedora           dnf install python3
  macOS            brew install python`);

/** Returns the path of the environment's Python. `say` gets the progress. Throws `PythonMissingError`, or what pip says. */
export const pythonEnvironment = async (
  { title, folder, requirements }: PythonEnvironment,
  say: (text: string) => void,
): Promise<string> => {
  const { code, output } = await run('python3', ['-c', CHECK]);
  if (code !== 0) throw missing(title, output);
  const key = createHash('sha256').update(output).update(readFileSync(requirements)).digest('hex');
  const home = fileURLToPath(new URL(`../../../.local/${folder}/`, import.meta.url));
  const environment = join(home, `python-${key.slice(0, 12)}`);
  const python = join(environment, 'bin', 'python3');
  // This file is written last, so that an interrupted installation does not count as complete.
  const complete = join(environment, 'complete');
  if (existsSync(complete)) return python;
  for (const old of existsSync(home) ? readdirSync(home) : []) {
    if (old.startsWith('python-')) rmSync(join(home, old), { recursive: true, force: true });
  }
  mkdirSync(home, { recursive: true });
  say(`installing ${title} into .local/${folder}, once`);
  await install('python3', ['-m', 'venv', environment]);
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-compile'];
  await install(python, [...pip, '-r', fileURLToPath(requirements)]);
  writeFileSync(complete, '');
  return python;
};

const install = async (file: string, args: readonly string[]): Promise<void> => {
  const { code, output } = await run(file, args);
  if (code !== 0) throw new Error(`${[file, ...args].join(' ')} failed:\n${output}`);
};
