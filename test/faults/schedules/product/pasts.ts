/** What was before the calls of a scenario: worlds that the product's own rules have made. */
import { NOW, USER_ID } from '../../../support/table/challenges.ts';
import type { Scenario } from '../engine/explore.ts';
import { settle } from '../engine/settle.ts';
import { anEmptyWorld, type World } from '../engine/world.ts';
import { aCreate, aDelivery, type Handed } from './operations.ts';

export interface Named {
  readonly name: string;
  /** What holds, in one sentence. */
  readonly invariant: string;
  scenario(): Promise<Scenario>;
}

/** Rounds as long as those that create-auth-challenge draws. */
export const round = (n: number) => `round-${n}`.padEnd(16, '-');

/** A world in which the user has been mailed a challenge. */
export const mailed = async (): Promise<{ world: World; handed: Handed }> => {
  const { world, results } = await settle({
    world: anEmptyWorld(NOW),
    operations: [aCreate('the sign-in')],
    execution: aDelivery,
  });
  return { world: { ...world, started: [] }, handed: results[0]?.outcome as Handed };
};

/** A world in which the mail was ordered, but nobody has delivered it. */
export const ordered = async () => {
  const { world, results } = await settle({ world: anEmptyWorld(NOW), operations: [aCreate('the sign-in')] });
  const handed = results[0]?.outcome as Handed;
  const input = JSON.stringify({ userId: USER_ID, ...handed, email: 'alice@example.com', locale: 'en' });
  return { world: { ...world, started: [] }, handed, input };
};

/** The world after these operations, one after the other. */
export const after = async (world: World, operations: Parameters<typeof settle>[0]['operations']) =>
  (await settle({ world, operations })).world;
