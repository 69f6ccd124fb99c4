/** Runs every command: prints its help, or reads its options and does its work; a failure is one line and an exit code. */
import { CommandError, EXIT } from './failure.ts';
import { asksForHelp, helpHint, type Usage, usageText } from './usage.ts';

export interface Command<Parsed> {
  readonly usage: Usage;
  /** Reads the command line. Throws `CommandError`. */
  parse(args: readonly string[]): Parsed;
  /** Does the work. Throws `CommandError` for a failure that the person at the terminal can do something about. */
  run(options: Parsed): Promise<void>;
  /** Explains any other error. If it returns undefined, the error is a bug and is printed with its stack. */
  explain?(error: unknown): CommandError | undefined;
}

const toLine = ({ message, exit }: CommandError, usage: Usage): string =>
  exit === EXIT.usage ? `${message.replace(/\.$/, '')}; for help: ${helpHint(usage)}` : message;

/** Runs the command and sets the exit code of the process. */
export const runCommand = async <Parsed>(
  { usage, parse, run, explain = () => undefined }: Command<Parsed>,
  args: readonly string[] = process.argv.slice(2),
): Promise<void> => {
  if (asksForHelp(args)) {
    console.log(usageText(usage));
    return;
  }
  try {
    await run(parse(args));
  } catch (error) {
    const failure = error instanceof CommandError ? error : explain(error);
    console.error(failure === undefined ? error : toLine(failure, usage));
    process.exitCode = failure?.exit ?? EXIT.failed;
  }
};
