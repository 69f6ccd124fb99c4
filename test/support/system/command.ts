/** Runs the project's commands as npm does, and can type into them. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export interface Command {
  /** Everything printed so far. */
  output(): string;
  /** Only what was printed to standard output. */
  stdout(): string;
  stderr(): string;
  /** Resolves with the output when it matches; rejects when the command ends first. */
  prints(pattern: RegExp): Promise<string>;
  type(line: string): void;
  /** Closes its terminal, as far as it can tell. */
  hangUp(): void;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
  end(): Promise<void>;
}

/** `npm start` is `command('local/main.ts', …)`, `npm run sign-in` is `command('commands/sign-in/sign-in.ts', …)`. */
export const command = (entry: string, ...args: readonly string[]): Command =>
  program(process.execPath, ['tools/run.mjs', entry, ...args]);

export const program = (
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd = ROOT,
): Command => {
  const child = spawn(file, args, {
    cwd,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let printed = '';
  const apart = { stdout: '', stderr: '' };
  const waiting = new Set<() => void>();
  const note = (text: string) => {
    printed += text;
    for (const check of waiting) check();
  };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      apart[name] += text;
      note(text);
    });
  }
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return {
    output: () => printed,
    stdout: () => apart.stdout,
    stderr: () => apart.stderr,
    prints: (pattern) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (!pattern.test(printed)) return;
          waiting.delete(check);
          resolve(printed);
        };
        waiting.add(check);
        check();
        void ended.then((code) => reject(new Error(`Ended with ${code} before ${pattern}:\n${printed}`)));
      }),
    type: (line) => void child.stdin.write(`${line}\n`),
    hangUp: () => void child.kill('SIGHUP'),
    ended,
    end: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};
