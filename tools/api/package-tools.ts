/**
 * The tools that look at the published package. They bring a TypeScript that is older than the project's, so they have a folder
 * and a lockfile of their own, `.ci/package-tools`.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { runNpm } from '../package/npm.ts';

const FOLDER = fileURLToPath(new URL('../../.ci/package-tools/', import.meta.url));

const PROGRAMS = {
  'api-extractor': '@microsoft/api-extractor/bin/api-extractor',
  attw: '@arethetypeswrong/cli/dist/index.js',
  publint: 'publint/src/cli.js',
  typedoc: 'typedoc/bin/typedoc',
} as const;

/** Installs the tools, unless they are there and as the lockfile says. */
export const installPackageTools = async (): Promise<void> => {
  const lockfile = readFileSync(join(FOLDER, 'package-lock.json'));
  const installed = join(FOLDER, 'node_modules/installed-lockfile.json');
  if (existsSync(installed) && readFileSync(installed).equals(lockfile)) return;
  console.log('Installing the tools that look at the package, usually within half a minute …');
  await runNpm(['ci', '--loglevel=error', '--no-audit', '--no-fund'], FOLDER);
  // This is written last, so that an interrupted installation does not count.
  writeFileSync(installed, lockfile);
};

export interface ToolResult {
  readonly code: number;
  /** What the tool printed, standard error included. */
  readonly output: string;
}

/** Runs the tool to its end. It must be installed. */
export const runPackageTool = async (
  tool: keyof typeof PROGRAMS,
  args: readonly string[],
  cwd: string,
): Promise<ToolResult> => {
  const child = spawn(process.execPath, [join(FOLDER, 'node_modules', PROGRAMS[tool]), ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => printed.push(text));
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code: code ?? 1, output: stripVTControlCharacters(printed.join('')) };
};
