/** Questions and answers on a terminal, or line by line from a pipe. */
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { CommandError, EXIT, type ExitCode } from '../../shared/command/failure.ts';

export interface Terminal extends Disposable {
  /** Rejects with `CommandError` when there is no more input, or nobody left to answer. */
  ask(question: string, options?: { readonly hidden?: boolean }): Promise<string>;
  say(text: string): void;
  /** Resolves after so many milliseconds. */
  wait(ms: number): Promise<void>;
}

/** `unanswered`: how the command ends where the input does so before an answer. */
export const openTerminal = (unanswered: ExitCode): Terminal => {
  let hidden = false;
  // readline echoes what is typed through its output, which is the place to keep a password off the screen.
  const output = new Writable({
    write: (chunk, _encoding, done) => {
      if (!hidden) process.stdout.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output, terminal: process.stdin.isTTY === true });
  const iterator = lines[Symbol.asyncIterator]();
  lines.on('SIGINT', () => process.exit(EXIT.interrupted));
  return {
    ask: async (question, options = {}) => {
      process.stdout.write(question);
      hidden = options.hidden === true;
      const { value, done } = await iterator.next();
      if (hidden || !process.stdin.isTTY) process.stdout.write('\n');
      hidden = false;
      if (done) throw new CommandError('The input ended before an answer was given.', unanswered);
      return value;
    },
    say: (text) => console.log(text),
    wait: (ms) => setTimeout(ms),
    [Symbol.dispose]: () => lines.close(),
  };
};
