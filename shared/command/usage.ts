/** A command as `--help` explains it. */
import { EXIT, type ExitName } from './failure.ts';
import type { Option, Options } from './options.ts';

export interface Usage {
  /** How it is called, for instance `npm run audit`. */
  readonly command: string;
  /** What follows on the command line; empty where nothing does. */
  readonly synopsis: string;
  /** What it does, in one line. */
  readonly summary: string;
  readonly options: Options;
  /** Lines below the options. */
  readonly notes?: string;
  /** What its exit codes mean, where the command says it more exactly than `EXIT_WORDS`. */
  readonly exits?: Partial<Readonly<Record<ExitName, string>>>;
}

/** In the order in which they are listed. Nothing is found, or refused, by commands that do not say what. */
const EXIT_WORDS: Readonly<Record<ExitName, string | undefined>> = {
  done: 'done',
  usage: 'wrong options',
  notFound: undefined,
  refused: undefined,
  failed: 'anything else',
  interrupted: 'interrupted',
  ended: 'ended',
};

const WIDTH = 24;
const INDENT = ' '.repeat(WIDTH + 2);

const HELP_LINE = `  ${'-h, --help'.padEnd(WIDTH)}this text`;

const nameOf = (name: string, option: Option): string => {
  const long = option.kind === 'flag' ? `--${name}` : `--${name} ${option.value}`;
  return option.kind === 'list' && option.short !== undefined ? `-${option.short}, ${long}` : long;
};

const toLines = ([name, option]: readonly [string, Option]): readonly string[] => {
  const called = nameOf(name, option);
  const fallback =
    option.kind === 'text' && option.default !== undefined ? ` (default ${option.default})` : '';
  const words = `${option.words}${fallback}`.replaceAll('\n', `\n${INDENT}`);
  const described =
    called.length < WIDTH ? [`  ${called.padEnd(WIDTH)}${words}`] : [`  ${called}`, `${INDENT}${words}`];
  return option.heading === undefined ? described : [`${option.heading}:`, ...described];
};

const exitLine = ({ exits = {} }: Usage): string => {
  const words = { ...EXIT_WORDS, ...exits };
  const listed = (Object.keys(EXIT_WORDS) as ExitName[]).flatMap((name) =>
    words[name] === undefined ? [] : [`${EXIT[name]} ${words[name]}`],
  );
  return `Exit codes: ${listed.join(', ')}`;
};

/** What `--help` prints. */
export const usageText = (usage: Usage): string => {
  const { command, synopsis, summary, options, notes } = usage;
  const call = synopsis === '' ? command : `${command} -- ${synopsis}`;
  return [
    call,
    `  ${summary}`,
    '',
    ...Object.entries(options).flatMap(toLines),
    HELP_LINE,
    ...(notes === undefined ? [] : ['', notes]),
    '',
    exitLine(usage),
  ].join('\n');
};

/** Whether the options ask for that text; tools/run.mjs goes by the same rule. */
export const asksForHelp = (args: readonly string[]): boolean =>
  args.includes('--help') || args.includes('-h');

/** Where a person who has typed a wrong option finds the right one. */
export const helpHint = ({ command }: Usage): string => `${command} -- --help`;
