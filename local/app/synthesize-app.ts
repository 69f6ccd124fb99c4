/** Runs the command that synthesizes an app, and finds what it wrote. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, EXIT } from '../../shared/command/failure.ts';
import { isObject, type JsonObject } from '../ground/service.ts';

export interface Synthesis {
  readonly command: string;
  /** The folder of whoever started the local system; the command runs there. */
  readonly caller: string;
  /** Where the app is to be written. What is there is removed before. */
  readonly output: string;
  /** That of the terminal, because an app may look things up in AWS. */
  readonly environment: NodeJS.ProcessEnv;
  /** Aborted when the local system ends; the command ends then. @default never */
  readonly ending?: AbortSignal | undefined;
}

const MANIFEST = 'manifest.json';

const settingsIn = (folder: string): JsonObject => {
  try {
    const settings: unknown = JSON.parse(readFileSync(join(folder, 'cdk.json'), 'utf8'));
    return isObject(settings) ? settings : {};
  } catch {
    return {}; // The command line says what is wrong with the file.
  }
};

/** The context of cdk.json, which the CDK's command line would give to the app. */
const contextIn = (folder: string): string | undefined => {
  const { context } = settingsIn(folder);
  return isObject(context) ? JSON.stringify(context) : undefined;
};

/**
 * The command line of the CDK reads CDK_OUTPUT, and an app that runs by itself CDK_OUTDIR and CDK_CONTEXT_JSON (CDK Developer
 * Guide, "Configuration"; the constants of aws-cdk-lib/cx-api).
 */
const environmentOf = ({ caller, output, environment }: Synthesis): NodeJS.ProcessEnv => {
  const context = contextIn(caller);
  return {
    ...(context !== undefined && { CDK_CONTEXT_JSON: context }),
    ...environment,
    CDK_OUTPUT: output,
    CDK_OUTDIR: output,
  };
};

interface Ended {
  readonly code: number | null;
  readonly printed: string;
}

/** The shell's children too, which are of its group; Windows has no groups. */
const endGroup = ({ pid }: ChildProcess): void => {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGTERM');
  } catch {
    // It has ended by itself.
  }
};

const runInShell = (synthesis: Synthesis): Promise<Ended> => {
  const { command, caller, ending } = synthesis;
  const child = spawn(command, {
    shell: true,
    cwd: caller,
    env: environmentOf(synthesis),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => printed.push(text));
  }
  const end = () => endGroup(child);
  ending?.addEventListener('abort', end, { once: true });
  return new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, printed: printed.join('') }));
  }).finally(() => ending?.removeEventListener('abort', end));
};

/** The CDK's command line looks things up in AWS, and an app that runs by itself does not. */
const withoutCredentials = ({ command, caller }: Synthesis, printed: string): string => {
  const { app } = settingsIn(caller);
  if (!/no credentials|Unable to resolve AWS account|CredentialsProviderError/i.test(printed)) return '';
  if (typeof app !== 'string' || app === command) return '';
  return `\nWithout credentials of AWS, try the app of cdk.json by itself: --app ${JSON.stringify(app)}`;
};

const writtenSince = (folder: string, start: number): boolean => {
  const manifest = join(folder, MANIFEST);
  return existsSync(manifest) && statSync(manifest).mtimeMs >= start;
};

/**
 * Returns the folder of the cloud assembly: `output`, or `cdk.out` in the folder of the command if it wrote there all the same.
 * Throws `CommandError` with what the command printed.
 */
export const synthesizeApp = async (synthesis: Synthesis): Promise<string> => {
  const { command, caller, output } = synthesis;
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true, mode: 0o700 });
  const start = Math.floor(Date.now() / 1000) * 1000; // Some file systems keep whole seconds.
  const { code, printed } = await runInShell(synthesis);
  if (code !== 0) {
    const advice = withoutCredentials(synthesis, printed);
    throw new CommandError(
      `${printed.trimEnd()}\n"${command}" failed (${code ?? 'killed'})${advice}`,
      EXIT.failed,
    );
  }
  const found = [output, join(caller, 'cdk.out')].find((folder) => writtenSince(folder, start));
  if (found !== undefined) return found;
  throw new CommandError(
    `"${command}" wrote no app: neither where CDK_OUTDIR and CDK_OUTPUT say nor into cdk.out. Give --app a command that ` +
      'synthesizes, for instance "npx cdk synth", or what it has written as --template <folder>',
    EXIT.failed,
  );
};
