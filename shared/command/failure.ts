/** How a command ends: its exit code, and the one line for the person at the terminal. */

/** The exit codes of every command; scripts may rely on them. */
export const EXIT = {
  done: 0,
  failed: 1,
  /** The command line cannot be used. */
  usage: 2,
  /** There is no such thing as the one that was asked for. */
  notFound: 3,
  /** Nothing was changed, because it must not be now or somebody thought better of it. */
  refused: 4,
  /** By Ctrl-C, and by SIGTERM: as a shell says it. */
  interrupted: 130,
  ended: 143,
} as const;

export type ExitName = keyof typeof EXIT;
export type ExitCode = (typeof EXIT)[ExitName];

/** A command ends without success; the message says to a person what to do about it. */
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
