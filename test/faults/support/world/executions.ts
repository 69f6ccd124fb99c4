/** Executions of the delivery workflow besides those that the create trigger starts. */
import { setTimeout as sleep } from 'node:timers/promises';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { ChallengeId } from '../../../../shared/domain/challenge.ts';
import type { DeliveryInput } from '../../../../shared/messages/delivery.ts';
import { readFinalState, type StoredChallenge } from '../judge/final-state.ts';
import type { Round } from '../play/fault-case.ts';
import type { Person } from './cognito.ts';

/** The user's only challenge. */
export const challengeOf = async ({ world }: Round, { userId }: Person): Promise<ChallengeId> => {
  const { challenges } = await readFinalState(world.database, world.tableName, userId, []);
  const [challenge] = challenges;
  if (challenge === undefined) throw new Error('There is no challenge yet');
  return challenge.challengeId;
};

/** What create-auth-challenge starts for the first mail. */
export const orderOf = ({ userId, email }: Person, challengeId: ChallengeId): DeliveryInput => ({
  userId,
  challengeId,
  delivery: 1,
  email,
  locale: 'en',
});

/** Starts an execution under the name that create-auth-challenge gives to the first mail. Returns its ARN. */
export const startExecution = async (
  { world }: Round,
  challengeId: ChallengeId,
  order: Readonly<Partial<Record<keyof DeliveryInput, unknown>>>,
): Promise<string> => {
  const { StateMachineArn: stateMachineArn } = world.system.outputs;
  const { executionArn = '' } = await world.workflows.send(
    new StartExecutionCommand({ stateMachineArn, name: `${challengeId}-1`, input: JSON.stringify(order) }),
  );
  return executionArn;
};

const DELIVERY_PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 25;

const DELIVERY_FACTS = ['1#SENT', '1#ACCEPTED', '1#DELIVERED'];

/** The user's only challenge, once its trail has all about its first mail. */
export const deliveredChallenge = async ({ world }: Round, { userId }: Person): Promise<StoredChallenge> => {
  const giveUp = performance.now() + DELIVERY_PATIENCE_MS;
  while (performance.now() < giveUp) {
    const { challenges } = await readFinalState(world.database, world.tableName, userId, []);
    const [challenge] = challenges;
    if (challenge !== undefined && DELIVERY_FACTS.every((name) => name in challenge.events)) return challenge;
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error('The mail was not delivered in time');
};
