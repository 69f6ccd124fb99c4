/** Declares the options of a command once, both for reading the command line and for the help text. */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { usageError } from './failure.ts';
import { type CommandPlace, PLACE } from './place.ts';

interface Described {
  /** What the option is for. Further lines are indented below the first. */
  readonly words: string;
  /** A title above this option and those that follow. */
  readonly heading?: string;
  /** The option is left out everywhere else. */
  readonly only?: CommandPlace;
}

/** `--name <value>`. If it has a default, it always has a value. */
interface TextOption extends Described {
  readonly kind: 'text';
  readonly value: string;
  readonly default?: string;
}

/** `--name <value>`, any number of times; `-n <value>` if it has a short form. */
interface ListOption extends Described {
  readonly kind: 'list';
  readonly value: string;
  readonly short?: string;
}

/** `--name`. */
interface FlagOption extends Described {
  readonly kind: 'flag';
}

export type Option = TextOption | ListOption | FlagOption;
export type Options = Readonly<Record<string, Option>>;

type ValueOf<Declared extends Option> = Declared extends { readonly kind: 'flag' }
  ? boolean
  : Declared extends { readonly kind: 'list' }
    ? readonly string[]
    : Declared extends { readonly default: string }
      ? string
      : string | undefined;

/** The values on a command line, by the names of the options. */
export type OptionValues<Declared extends Options> = {
  readonly [Name in keyof Declared]: ValueOf<Declared[Name]>;
};

/** The options that there are in this place. */
export const optionsAt = (declared: Options, place: CommandPlace): Options =>
  Object.fromEntries(Object.entries(declared).filter(([, { only = place }]) => only === place));

const toParsed = (option: Option) => {
  if (option.kind === 'flag') return { type: 'boolean', default: false } as const;
  if (option.kind === 'list') {
    const short = option.short === undefined ? {} : { short: option.short };
    return { type: 'string', multiple: true, default: [] as string[], ...short } as const;
  }
  return { type: 'string', ...(option.default !== undefined && { default: option.default }) } as const;
};

/** Node's further sentences are about arguments that no command here takes. */
const firstSentence = (text: string): string => text.split(/\.\s|\n/)[0] ?? text;

const parsed = (args: readonly string[], options: ParseArgsOptionsConfig) => {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw usageError(firstSentence((error as Error).message));
  }
};

/** An empty value comes from a variable of the shell that is not set. It would be taken for the folder of the command. */
const refuseEmpty = (declared: Options, values: Readonly<Record<string, unknown>>): void => {
  const empty = Object.keys(declared).find((name) => values[name] === '');
  if (empty !== undefined) throw usageError(`--${empty} is empty`);
};

/**
 * Throws `CommandError` for an option that is not declared or that has an empty value, and for any argument that is not an
 * option.
 */
export const readValues = <Declared extends Options>(
  declared: Declared,
  args: readonly string[],
  place: CommandPlace = PLACE,
): OptionValues<Declared> => {
  const options = Object.fromEntries(
    Object.entries(optionsAt(declared, place)).map(([name, option]) => [name, toParsed(option)]),
  );
  const values = parsed(args, options);
  refuseEmpty(declared, values);
  return values as OptionValues<Declared>;
};

/**
 * Reads the values of a list option of the form `<name>=<value>`. If a name comes twice, the later value counts. Throws
 * `CommandError`.
 */
export const readPairs = (option: string, texts: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw usageError(`${option} takes <name>=<value>, not "${text}"`);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
