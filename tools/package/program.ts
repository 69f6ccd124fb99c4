/** A program with several commands, the first argument being the name of one. */
import { EXIT } from '../../shared/command/failure.ts';
import { callOf } from '../../shared/command/place.ts';
import type { Usage } from '../../shared/command/usage.ts';

export interface ProgramCommand {
  readonly usage: Usage;
  /** Runs the command on the options in `process.argv`, as if it had been started by itself. */
  start(): Promise<unknown>;
}

type Commands = readonly ProgramCommand[];

const namesOf = (commands: Commands): readonly string[] => commands.map(({ usage }) => usage.name);

const programHelp = (commands: Commands): string =>
  [
    callOf('<command>', '[options]', 'package'),
    '',
    ...commands.map(({ usage }) => `  ${usage.name.padEnd(14)}${usage.summary}`),
    '',
    `What a command takes: ${callOf('<command>', '--help', 'package')}`,
    `The version:          ${callOf('--version', '', 'package')}`,
  ].join('\n');

/** How many letters have to be added, taken away or replaced to make one word of the other. */
const distance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (const [line, letter] of [...one].entries()) {
    const next = [line + 1];
    for (const [column, wanted] of [...other].entries()) {
      const replaced = (row[column] ?? 0) + (letter === wanted ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
};

/** The command that somebody may have meant. One that is unlike the word is no advice, as it may change something. */
const nearest = (word: string, names: readonly string[]): string | undefined =>
  names
    .filter((name) => distance(word, name) <= Math.ceil(word.length / 3))
    .toSorted((a, b) => distance(word, a) - distance(word, b))[0];

const whyUnknown = (word: string, names: readonly string[]): string => {
  if (word.startsWith('-')) return `The command comes before its options: ${names.join(', ')}`;
  const near = nearest(word, names);
  const advice = near === undefined ? `the commands are ${names.join(', ')}` : `the nearest is "${near}"`;
  return `There is no command "${word}"; ${advice}`;
};

const refuse = (problem: string): void => {
  console.error(`${problem}; for help: ${callOf('--help', '', 'package')}`);
  process.exitCode = EXIT.usage;
};

/** Runs what the command line asks for, and sets the exit code of the process. */
export const runProgram = async (commands: Commands, version = ''): Promise<void> => {
  const [node = '', , name, ...options] = process.argv;
  if (name === '--help' || name === '-h') return console.log(programHelp(commands));
  if (name === '--version') return console.log(version);
  if (name === undefined) return refuse(`The command is missing: ${namesOf(commands).join(', ')}`);
  const command = commands.find(({ usage }) => usage.name === name);
  if (command === undefined) return refuse(whyUnknown(name, namesOf(commands)));
  process.argv = [node, name, ...options];
  await command.start();
};
