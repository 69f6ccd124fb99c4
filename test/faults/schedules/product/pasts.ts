/** What was before the calls of a scenario: worlds that the product's own rules have made. */
import type { ChallengeId } from '../../../../shared/domain/challenge.ts';
import type { DeliveryInput } from '../../../../shared/messages/delivery.ts';
import { NOW } from '../../../support/table/challenges.ts';
import type { Scenario } from '../engine/explore.ts';
import { settle } from '../engine/settle.ts';
import type { Result } from '../engine/system.ts';
import { anEmptyWorld, type World } from '../engine/world.ts';
import { beginDelivery } from './deliveries.ts';
import { aCreate, type Handed } from './operations.ts';

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
    begin: beginDelivery,
  });
  return { world: { ...world, started: [] }, handed: handedBy(results) };
};

/** A world in which the mail was ordered, but nobody has delivered it. */
export const ordered = async (): Promise<{ world: World; handed: Handed; input: DeliveryInput }> => {
  const { world, results } = await settle({ world: anEmptyWorld(NOW), operations: [aCreate('the sign-in')] });
  const [{ input } = { input: '{}' }] = world.started;
  return { world: { ...world, started: [] }, handed: handedBy(results), input: JSON.parse(input) };
};

const handedBy = ([result]: readonly Result[]): Handed => {
  const { handed, delivery } = (result?.outcome ?? {}) as Partial<{ handed: ChallengeId; delivery: number }>;
  if (handed === undefined || delivery === undefined) throw new Error('The sign-in was handed nothing');
  return { challengeId: handed, delivery };
};

/** The world after these operations, one after the other. */
export const after = async (world: World, operations: Parameters<typeof settle>[0]['operations']) =>
  (await settle({ world, operations })).world;
