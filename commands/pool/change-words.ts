/** Says in words what is changed in a user pool and its clients. */
import { type ChangeTarget, isAt, type PoolChange } from '../../shared/pool/changes.ts';
import type { PoolState } from '../../shared/pool/pool-state.ts';
import { clientNameOf } from '../../shared/pool/rules/clients.ts';

/** The names of clients, by their ids. */
export type ClientNames = ReadonlyMap<string, string>;

export const clientNamesOf = ({ clients }: PoolState): ClientNames =>
  new Map([...clients].map(([id, { properties }]) => [id, clientNameOf(id, properties)]));

/** `web (1h57kf5cpq17m0eml12EXAMPLE)`; the id alone of a client without a name. */
export const clientWords = (clientId: string, names: ClientNames): string => {
  const name = names.get(clientId) ?? clientId;
  return name === clientId ? clientId : `${name} (${clientId})`;
};

export const targetWords = (at: ChangeTarget, names: ClientNames): string =>
  at === 'pool' ? 'the pool' : `the client ${clientWords(at.clientId, names)}`;

/** Texts as they are; what is absent as "nothing". */
const valueWords = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** One line for each target, and one below it for each of its properties. */
export const changeLines = (changes: readonly PoolChange[], names: ClientNames): readonly string[] => {
  const isFirst = ({ at }: PoolChange, index: number) =>
    changes.findIndex((other) => isAt(other.at, at)) === index;
  return changes
    .filter(isFirst)
    .flatMap(({ at }) => [
      `  ${targetWords(at, names)}`,
      ...changes
        .filter((change) => isAt(change.at, at))
        .map(
          ({ property, before, after }) => `    ${property}: ${valueWords(before)} -> ${valueWords(after)}`,
        ),
    ]);
};

/** The lines below a title; none without lines. */
export const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines];
