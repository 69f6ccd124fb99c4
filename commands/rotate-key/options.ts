/** The options of `npm run rotate-key`. */
import { parseArgs } from 'node:util';
import { readSource, SOURCE_OPTIONS, SOURCE_USAGE, type Source } from '../common/source.ts';
import { UsageError } from '../sign-in/options.ts';

export interface RotateKeyOptions {
  /** Replace all keys at once, instead of announcing one. */
  readonly emergency: boolean;
  /** Do not ask before an emergency replacement. */
  readonly yes: boolean;
  readonly source: Source;
}

export const EXIT = { rotated: 0, failed: 1, usage: 2, refused: 3 } as const;

export const ROTATE_KEY_USAGE = `npm run rotate-key -- [options]   gives the codes a new key; the codes that are out keep working
  --emergency             the key is known to somebody: replaces all keys at once, and says first what that breaks
  --yes                   with --emergency: do not ask
${SOURCE_USAGE}
Exit codes: ${EXIT.rotated} rotated, ${EXIT.refused} nothing changed (too early, declined, or somebody else rotated), ${EXIT.usage} wrong options, ${EXIT.failed} anything else`;

const usage = (problem: string) => new UsageError(`${problem}\n${ROTATE_KEY_USAGE}`);

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        emergency: { type: 'boolean', default: false },
        yes: { type: 'boolean', default: false },
        ...SOURCE_OPTIONS,
      },
    }).values;
  } catch (error) {
    throw usage((error as Error).message);
  }
};

/** `canAsk`: somebody is at the terminal. Throws `UsageError`. */
export const readRotateKeyOptions = (args: readonly string[], canAsk: boolean): RotateKeyOptions => {
  const values = parse(args);
  const { emergency, yes } = values;
  if (yes && !emergency) throw usage('--yes goes with --emergency; a rotation asks nothing');
  if (emergency && !yes && !canAsk)
    throw usage('There is no terminal to ask at; --emergency needs --yes here');
  return { emergency, yes, source: readSource(values, usage) };
};
