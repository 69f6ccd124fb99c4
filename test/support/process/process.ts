/** Runs commands that cannot outlive the test, and collects what they print. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const LEASH = fileURLToPath(new URL('./leash.ts', import.meta.url));

type Environment = Readonly<Record<string, string>>;

/** The environment without the credentials and settings of a real AWS account. */
const withoutAws = (): Environment =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || /^(AWS|CDK)_/.test(name) ? [] : [[name, value]],
    ),
  );

export interface LeashedProcess {
  /** Everything printed so far, standard error included. */
  output(): string;
  /** Resolves with the exit code. */
  readonly ended: Promise<number>;
  end(): Promise<void>;
}

/** Starts the command in the project's folder, with `env` on top of an environment that knows of no AWS account. */
export const start = (
  file: string,
  args: readonly string[],
  env: Environment = {},
  onLine: (line: string) => void = () => undefined,
): LeashedProcess => {
  const leash = spawn(process.execPath, [LEASH, file, ...args], {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...withoutAws(), ...env },
  });
  const printed = collect(leash, onLine);
  const ended = new Promise<number>((resolve) => leash.on('close', (code) => resolve(code ?? 1)));
  return {
    output: () => printed.join(''),
    ended,
    end: async () => {
      leash.stdin.end();
      await ended;
    },
  };
};

const collect = (
  { stdout, stderr }: ChildProcessByStdio<Writable, Readable, Readable>,
  onLine: (line: string) => void,
): readonly string[] => {
  const printed: string[] = [];
  for (const stream of [stdout, stderr]) {
    let rest = '';
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed.push(text);
      const lines = `${rest}${text}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    });
  }
  return printed;
};

/** Runs the command to its end. */
export const run = async (
  file: string,
  args: readonly string[],
  env: Environment = {},
  onLine?: (line: string) => void,
): Promise<{ readonly code: number; readonly output: string }> => {
  const running = start(file, args, env, onLine);
  return { code: await running.ended, output: running.output() };
};
