/** Asks questions on a terminal, or reads the replies line by line from a pipe. */
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { CommandError, EXIT, type ExitCode } from '../../shared/command/failure.ts';

export interface Terminal extends Disposable {
  /** Rejects with `CommandError` if the input ends first. */
  ask(question: string, options?: { readonly hidden?: boolean }): Promise<string>;
  say(text: string): void;
  /** Says it while a question waits for its reply, and asks that question again. */
  interrupt(text: string): void;
  /** Whether a reply is begun. Of a pipe it is never known. */
  isTyping(): boolean;
  /** Resolves after so many milliseconds. */
  wait(ms: number): Promise<void>;
}

/** Back to the line's beginning, and erase the line (ECMA-48). */
const CLEAR_LINE = '\r\u001b[K';

/** `unanswered` is the command's exit code if the input ends before a reply. */
export const openTerminal = (unanswered: ExitCode): Terminal => {
  let hidden = false;
  // readline writes typed characters to its output; a password is kept off the screen here.
  const output = new Writable({
    write: (chunk, _encoding, done) => {
      if (!hidden) process.stdout.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output, terminal: process.stdin.isTTY === true });
  const iterator = lines[Symbol.asyncIterator]();
  const typed = () => (process.stdin.isTTY ? lines.line : '');
  let waiting = '';
  lines.on('SIGINT', () => process.exit(EXIT.interrupted));
  return {
    ask: async (question, options = {}) => {
      process.stdout.write(question);
      waiting = question;
      hidden = options.hidden === true;
      const { value, done } = await iterator.next();
      if (hidden || !process.stdin.isTTY) process.stdout.write('\n');
      hidden = false;
      if (done) throw new CommandError('The input ended before an answer was given.', unanswered);
      return value;
    },
    say: (text) => console.log(text),
    interrupt: (text) => {
      process.stdout.write(process.stdin.isTTY ? CLEAR_LINE : '\n');
      console.log(text);
      process.stdout.write(`${waiting}${typed()}`);
    },
    isTyping: () => typed() !== '',
    wait: (ms) => setTimeout(ms),
    [Symbol.dispose]: () => lines.close(),
  };
};
