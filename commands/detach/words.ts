/** Says what detaching puts back in a user pool, and what that means for users. */
import { type PoolChange, type Undo, withChanges } from '../../shared/pool/changes.ts';
import { functionsAt } from '../../shared/pool/places.ts';
import type { PoolState } from '../../shared/pool/pool-state.ts';
import { asksForCode, isOpen } from '../../shared/pool/rules/clients.ts';
import { leftText } from '../../shared/pool/texts.ts';
import { type ClientNames, changeLines, clientNamesOf, clientWords, section } from '../pool/change-words.ts';

/** What becomes of a client: `opened` lets users in with the password alone, `shut` lets in nobody. */
export interface ClientFate {
  readonly clientId: string;
  readonly fate: 'opened' | 'shut';
}

/** Of the clients in which users sign in otherwise because the triggers are gone. */
export const clientFates = (
  { pool, clients }: PoolState,
  changes: readonly PoolChange[],
): readonly ClientFate[] => {
  // Custom authentication of somebody else may come back.
  const asksNobody =
    functionsAt('DefineAuthChallenge', withChanges(pool.properties, changes, 'pool')).length === 0;
  return [...clients].flatMap(([clientId, { properties }]): readonly ClientFate[] => {
    const after = withChanges(properties, changes, { clientId });
    if (isOpen(after)) return [{ clientId, fate: 'opened' }];
    return asksNobody && asksForCode(after) ? [{ clientId, fate: 'shut' }] : [];
  });
};

const fateLine = ({ clientId, fate }: ClientFate, names: ClientNames): string =>
  fate === 'opened'
    ? `  ${clientWords(clientId, names)}: users sign in with the password alone, without a code`
    : `  ${clientWords(clientId, names)}: nobody can sign in, as it allows custom authentication alone, which is gone`;

export interface Planned extends Undo {
  readonly notes: readonly string[];
  /** Sentences; without any, it may be carried out. */
  readonly refusals: readonly string[];
}

/** Several lines, without a line break at the end. */
export const undoText = (
  userPoolId: string,
  state: PoolState,
  { changes, left, notes, refusals }: Planned,
): string => {
  const names = clientNamesOf(state);
  return [
    `User pool ${userPoolId}`,
    ...section('What is put back:', changes.length === 0 ? ['  nothing'] : changeLines(changes, names)),
    ...section(
      'What stays:',
      left.map((one) => `  ${leftText(one)}`),
    ),
    ...section(
      'What users of each client notice:',
      clientFates(state, changes).map((one) => fateLine(one, names)),
    ),
    ...section(
      'Note:',
      notes.map((note) => `  ${note}`),
    ),
    ...section(
      'Nothing can be put back like this:',
      refusals.map((refusal) => `  ${refusal}`),
    ),
  ].join('\n');
};
