/** Says why a user pool is not as a command was to make it. */
import { CommandError, EXIT } from '../../shared/command/failure.ts';
import type { PoolChange } from '../../shared/pool/changes.ts';
import type { Difference } from '../../shared/pool/compare.ts';
import { differenceText } from '../../shared/pool/texts.ts';
import { type ClientNames, changeLines, clientWords } from './change-words.ts';

export interface ChangedMeanwhile {
  readonly differences: readonly Difference[];
  /** Before that was seen. */
  readonly written: readonly PoolChange[];
  /** Clients of which it is on record now that they were open. */
  readonly recorded?: readonly string[];
}

const lines = (differences: readonly Difference[]): readonly string[] =>
  differences.map((difference) => `  ${differenceText(difference)}`);

/** Somebody else was writing at the same time. */
export const changedMeanwhile = (
  { differences, written, recorded = [] }: ChangedMeanwhile,
  names: ClientNames,
): CommandError => {
  const clients = recorded.map((clientId) => clientWords(clientId, names)).join(', ');
  const kept =
    recorded.length === 0 ? '' : ` of the pool; that ${clients} was open is on record, with its date`;
  const after =
    written.length === 0
      ? [`Nothing was changed${kept}. Run the command again to see how it stands.`]
      : ['Before that this was written:', ...changeLines(written, names), 'Run the command again to go on.'];
  return new CommandError(
    [
      'Somebody else is changing the pool, so it is not written any further:',
      ...lines(differences),
      ...after,
    ].join('\n'),
    written.length === 0 ? EXIT.refused : EXIT.failed,
  );
};

/** All was written, and found otherwise afterwards. */
export const differs = ({ differences }: Pick<ChangedMeanwhile, 'differences'>): CommandError =>
  new CommandError(
    [
      'All was written, but then it was not as it should be:',
      ...lines(differences),
      '--plan shows how it stands.',
    ].join('\n'),
    EXIT.failed,
  );
