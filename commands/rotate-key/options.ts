/** The options of the command `rotate-key`. */
import { usageError } from '../../shared/command/failure.ts';
import { readValues } from '../../shared/command/options.ts';
import type { Usage } from '../../shared/command/usage.ts';
import { readSource, SOURCE_OPTIONS, type Source } from '../common/source.ts';

export interface RotateKeyOptions {
  /** Replaces all keys at once, instead of announcing one. */
  readonly emergency: boolean;
  /** Skips the question before an emergency replacement. */
  readonly yes: boolean;
  readonly source: Source;
}

export const ROTATE_KEY = {
  name: 'rotate-key',
  synopsis: '[options]',
  summary: 'gives the codes a new key; the codes that are out keep working',
  options: {
    emergency: {
      kind: 'flag',
      words: 'the key is known to somebody: replaces all keys at once, and says first what that breaks',
    },
    yes: { kind: 'flag', words: 'with --emergency: do not ask' },
    ...SOURCE_OPTIONS,
  },
  exits: { done: 'rotated', refused: 'nothing changed (too early, declined, or somebody else rotated)' },
} as const satisfies Usage;

/** `canAsk` is true if somebody is at the terminal. Throws `CommandError`. */
export const readRotateKeyOptions = (args: readonly string[], canAsk: boolean): RotateKeyOptions => {
  const values = readValues(ROTATE_KEY.options, args);
  const { emergency, yes } = values;
  if (yes && !emergency) throw usageError('--yes goes with --emergency; a rotation asks nothing');
  if (emergency && !yes && !canAsk) {
    throw usageError('There is no terminal to ask at; --emergency needs --yes here');
  }
  return { emergency, yes, source: readSource(values) };
};
