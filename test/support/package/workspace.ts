/** Folders as people have them who install the package: a package.json, what npm installs, and an app. */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

export type Packages = Readonly<Record<string, string>>;

const MANIFEST = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));

/** The lowest aws-cdk-lib that the package takes, and the newest that is known here: the project itself is built with it. */
export const OLDEST_CDK: string = MANIFEST.peerDependencies['aws-cdk-lib'].replace('^', '');
export const NEWEST_CDK: string = MANIFEST.devDependencies['aws-cdk-lib'];

/** What an ordinary app has besides. */
export const CONSTRUCTS = '10.8.1';
export const TYPESCRIPT = '5.9.3';

/** The Nodes on which apps are run: the oldest that the package takes, and those with long-term support. */
export const NODES = { 20: '20.19.0', 22: '22.23.5', 24: '24.21.0' } as const;

const PLATFORM = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

/** Each of them as the npm package of this platform. */
export const nodePackages = (): Packages =>
  Object.fromEntries(
    Object.entries(NODES).map(([major, version]) => [`node${major}`, `npm:${PLATFORM}@${version}`]),
  );

/** The program that `nodePackages` has installed to `folder`. */
export const nodeIn = (folder: string, major: keyof typeof NODES): string =>
  join(folder, 'node_modules', `node${major}`, 'bin/node');

export interface Result {
  readonly code: number;
  /** Everything printed, standard error included. */
  readonly output: string;
}

/** Settings of an AWS account, of the test's own process and of the npm that runs it, save where npm finds its registry. */
const FOREIGN =
  /^(?:AWS|CDK|VITEST)_|^NODE_(?:ENV|OPTIONS|COMPILE_CACHE)$|^npm_(?!config_(?:registry|cafile|cache|userconfig)$)/;

const environment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name)));

/** Runs a program in `cwd` to its end. */
export const runIn = async (
  cwd: string,
  file: string,
  args: readonly string[],
  env: Packages = {},
): Promise<Result> => {
  try {
    const options = { cwd, env: { ...environment(), ...env }, maxBuffer: 64 * 1024 * 1024 };
    const { stdout, stderr } = await promisify(execFile)(file, [...args], options);
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { code?: unknown; stdout?: string; stderr?: string };
    if (typeof code !== 'number') throw error;
    return { code, output: stdout + stderr };
  }
};

/** Like `runIn`, for what must succeed: throws with all that was printed. */
export const succeedIn = async (...call: Parameters<typeof runIn>): Promise<string> => {
  const { code, output } = await runIn(...call);
  if (code !== 0) throw new Error(`${call[1]} ${call[2].join(' ')} ended with ${code}:\n${output}`);
  return output;
};

export const writeJson = (path: string, content: unknown): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`);
};

/** Writes a package.json with these dependencies to an empty folder, and installs them. */
export const installIn = async (folder: string, dependencies: Packages): Promise<void> => {
  writeJson(join(folder, 'package.json'), { name: 'shop', private: true, dependencies });
  await succeedIn(folder, 'npm', ['install', '--no-audit', '--no-fund', '--loglevel=error']);
};
