/** Shell commands, as an operator types them, with the AWS CLI against MiniStack. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../process/process.ts';
import { AWS_CLI, pythonEnvironment } from '../process/python.ts';
import type { Ministack } from './ministack.ts';

export interface ShellResult {
  readonly code: number;
  readonly output: string;
}

/** Runs lines of a shell in the project's folder. The first one that fails ends it. */
export type Shell = (lines: string) => Promise<ShellResult>;

/** `further` are folders with other programs. */
export const createShell = async (
  { environment }: Ministack,
  say: (text: string) => void,
  further: readonly string[] = [],
): Promise<Shell> => {
  const folders = [...further, dirname(await pythonEnvironment(AWS_CLI, say)), environment.PATH];
  const env = {
    ...environment,
    PATH: folders.join(':'),
    AWS_DEFAULT_REGION: environment.AWS_REGION ?? '',
    // MiniStack has a home of its own; what npm is set up with stays.
    NPM_CONFIG_USERCONFIG: join(homedir(), '.npmrc'),
  };
  return (lines) => run('bash', ['-euo', 'pipefail', '-c', lines], env);
};

/** Like the shell, for lines that must succeed. Otherwise it throws with all that they printed. */
export const succeed = async (shell: Shell, lines: string): Promise<string> => {
  const { code, output } = await shell(lines);
  if (code !== 0) throw new Error(`${lines}\nended with ${code}:\n${output}`);
  return output;
};

/** The shell commands of a document below the project's root, by the heading that they stand under. */
export const commandsIn = (path: string): Readonly<Record<string, string>> => {
  const text = readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8');
  return Object.fromEntries(
    text.split(/^#+ /m).map((section) => {
      const blocks = [...section.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
      return [section.split('\n')[0] ?? '', blocks.join('\n')];
    }),
  );
};
