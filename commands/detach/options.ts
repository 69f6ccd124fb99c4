/** The options of the command `detach`. */
import { readValues } from '../../shared/command/options.ts';
import type { Usage } from '../../shared/command/usage.ts';
import { readSource, SOURCE_OPTIONS, type Source } from '../common/source.ts';
import { POOL_OPTION, readPoolId, refuseSilence, UNDO_OPTION } from '../pool/options.ts';

export interface DetachOptions {
  /** Shows it, and writes nothing. */
  readonly plan: boolean;
  /** Empties the places where ours stand, although nothing is kept of what was there. */
  readonly withoutUndo: boolean;
  readonly json: boolean;
  readonly yes: boolean;
  readonly poolId: string | undefined;
  /** The path of the undo file; undefined for the usual one. */
  readonly undo: string | undefined;
  readonly source: Source;
}

export const DETACH = {
  name: 'detach',
  synopsis: '--stack <name> [options]',
  summary: 'puts back what attach has changed in a user pool, where nobody else has changed it since',
  options: {
    plan: { kind: 'flag', words: 'show it, write nothing' },
    undo: UNDO_OPTION,
    'without-undo': {
      kind: 'flag',
      words: "empty the places where the stack's functions are, although nothing is kept of what was there",
    },
    yes: { kind: 'flag', words: 'do not ask' },
    json: {
      kind: 'flag',
      words: `one JSON document on the standard output, if it gets that far; a failure is a line on the
standard error and the exit code; with --plan or --yes`,
    },
    'pool-id': POOL_OPTION,
    ...SOURCE_OPTIONS,
  },
  exits: {
    done: 'detached, or nothing to do',
    notFound: 'no such user pool',
    refused: 'nothing changed (nothing is kept, declined, or somebody else is changing the pool)',
  },
} as const satisfies Usage;

/** `canAsk` is true if somebody is at the terminal. Throws `CommandError`. */
export const readDetachOptions = (args: readonly string[], canAsk: boolean): DetachOptions => {
  const values = readValues(DETACH.options, args);
  const { plan, json, yes, undo } = values;
  refuseSilence(!plan && !yes, json, canAsk);
  return {
    plan,
    withoutUndo: values['without-undo'],
    json,
    yes,
    poolId: readPoolId(values['pool-id']),
    undo,
    source: readSource(values),
  };
};
