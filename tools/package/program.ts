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

/** The name that was probably meant: two letters of it are wrong, or at most a third. */
const meant = (word: string, names: readonly string[]): string | undefined =>
  names.find((name) => distance(word, name) <= Math.max(2, name.length / 3));

const problemOf = (word: string, names: readonly string[]): string => {
  if (word.startsWith('-')) return `The command comes first, before ${word}: ${names.join(', ')}`;
  const name = meant(word, names);
  return `There is no command "${word}"; ${name === undefined ? `there are ${names.join(', ')}` : `did you mean "${name}"?`}`;
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
  if (command === undefined) return refuse(problemOf(name, namesOf(commands)));
  process.argv = [node, name, ...options];
  await command.start();
};
