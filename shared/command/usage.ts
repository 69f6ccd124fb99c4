/** The help text of a command. */
import { EXIT, type ExitName } from './failure.ts';
import { type Option, type Options, optionsAt } from './options.ts';
import { type CommandPlace, callOf, PLACE } from './place.ts';

export interface Usage {
  /** The command's name, for instance `audit`; `callOf` says how it is called. */
  readonly name: string;
  /** What follows on the command line; may be empty. */
  readonly synopsis: string;
  /** What it does, in one line. */
  readonly summary: string;
  readonly options: Options;
  /** Lines below the options. */
  readonly notes?: string;
  /** The meaning of exit codes, if it is more exact for this command than in `EXIT_WORDS`. */
  readonly exits?: Partial<Readonly<Record<ExitName, string>>>;
}

/** In the order of the help text. `notFound`, `refused` and `drift` are listed only if the command describes them. */
const EXIT_WORDS: Readonly<Record<ExitName, string | undefined>> = {
  done: 'done',
  usage: 'wrong options',
  notFound: undefined,
  refused: undefined,
  drift: undefined,
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
export const usageText = (usage: Usage, place: CommandPlace = PLACE): string => {
  const { name, synopsis, summary, options, notes } = usage;
  return [
    callOf(name, synopsis, place),
    `  ${summary}`,
    '',
    ...Object.entries(optionsAt(options, place)).flatMap(toLines),
    HELP_LINE,
    ...(notes === undefined ? [] : ['', notes]),
    '',
    exitLine(usage),
  ].join('\n');
};

/** Whether the options ask for the help text. tools/run.mjs uses the same rule. */
export const asksForHelp = (args: readonly string[]): boolean =>
  args.includes('--help') || args.includes('-h');

/** The command that prints the help text, for a person who has typed a wrong option. */
export const helpHint = ({ name }: Usage): string => callOf(name, '--help');
