/** How a command ends: with an exit code and, unless it succeeds, one line for the person at the terminal. */

/** The exit codes of every command; scripts may rely on them. */
export const EXIT = {
  done: 0,
  failed: 1,
  /** The command line cannot be used. */
  usage: 2,
  /** What the command asked for does not exist. */
  notFound: 3,
  /** Nothing was changed, because it is not allowed now or the person said no. */
  refused: 4,
  /** The pool differs from what was attached to it. */
  drift: 5,
  /** Ended by Ctrl-C or by SIGTERM; the numbers are those that shells use. */
  interrupted: 130,
  ended: 143,
} as const;

export type ExitName = keyof typeof EXIT;
export type ExitCode = (typeof EXIT)[ExitName];

/** A command ends without success. The message says what the person can do about it. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exit: ExitCode;

  constructor(message: string, exit: ExitCode) {
    super(message);
    this.exit = exit;
  }
}

/** The command line cannot be used; `problem` says how to correct it. */
export const usageError = (problem: string): CommandError => new CommandError(problem, EXIT.usage);

/** Explains that a file or folder cannot be read or written. Returns undefined for any other error, which is a bug. */
export const explainFileError = (error: unknown): CommandError | undefined => {
  if (!(error instanceof Error) || !('syscall' in error && 'path' in error)) return undefined;
  return new CommandError(`A file or folder cannot be used: ${error.message}`, EXIT.failed);
};
