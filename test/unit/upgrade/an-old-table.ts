/** What the release c5286e8 has stored, in a table of today. */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { ChallengeRef } from '../../../shared/domain/challenge.ts';
import { challengesOf, type Item } from '../../../shared/table/item.ts';
import { aChallengeTable, type ChallengeTable } from '../../support/table/challenge-table.ts';
import STORED from '../../upgrade/c5286e8/stored.json' with { type: 'json' };

/** How a user stands: what has happened to the newest challenge with something to tell. */
export type OldState = keyof typeof STORED;

export const OLD_STATES = Object.keys(STORED) as readonly OldState[];

/** A user's items: the challenges, oldest first, and then the user record. */
export const oldItems = (state: OldState): readonly Item[] => STORED[state] as readonly Item[];

/** The challenge that gives the state its name. */
export const oldChallenge = (state: OldState) => {
  const [challenge] = challengesOf(oldItems(state));
  if (challenge === undefined) throw new Error(`${state} has no challenge`);
  return challenge;
};

export interface OldTable extends ChallengeTable {
  readonly ref: ChallengeRef;
  /** The commands sent so far. */
  readonly calls: readonly string[];
}

/** A table with one user's items. */
export const anOldTable = async (state: OldState): Promise<OldTable> => {
  const table = await aChallengeTable();
  for (const Item of oldItems(state)) {
    await table.client.send(new PutItemCommand({ TableName: table.tableName, Item }));
  }
  const calls: string[] = [];
  table.client.middlewareStack.add((next, { commandName = '' }) => (args) => {
    calls.push(commandName);
    return next(args);
  });
  const { userId, challengeId } = oldChallenge(state);
  return { ...table, ref: { userId, challengeId }, calls };
};
