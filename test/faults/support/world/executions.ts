/** Executions of the delivery workflow besides those that the create trigger starts. */
import { setTimeout as sleep } from 'node:timers/promises';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { ChallengeId } from '../../../../shared/domain/challenge.ts';
import type { DeliveryInput, DeliveryOrder } from '../../../../shared/messages/delivery.ts';
import { readFinalState, type StoredChallenge } from '../judge/final-state.ts';
import type { Round } from '../play/fault-case.ts';
import type { Person } from './cognito.ts';

const onlyChallenge = async ({ world }: Round, { userId }: Person): Promise<StoredChallenge> => {
  const { challenges } = await readFinalState(world.database, world.tableName, userId, []);
  const [challenge] = challenges;
  if (challenge === undefined) throw new Error('There is no challenge yet');
  return challenge;
};

/** The user's only challenge. */
export const challengeOf = async (round: Round, person: Person): Promise<ChallengeId> =>
  (await onlyChallenge(round, person)).challengeId;

/** What everybody may know of the first mail's order. */
export const orderOf = ({ userId, email }: Person, challengeId: ChallengeId): DeliveryOrder => ({
  userId,
  challengeId,
  delivery: 1,
  email,
  locale: 'en',
});

/** The name that create-auth-challenge gives to the execution for the first mail. */
export const nameOf = (challengeId: ChallengeId): string => `${challengeId}-1`;

/** Starts what create-auth-challenge has started for the user's only challenge once more. */
export const startAgain = async (round: Round, person: Person): Promise<void> => {
  const { challengeId, addressHash } = await onlyChallenge(round, person);
  await startExecution(round, nameOf(challengeId), { ...orderOf(person, challengeId), addressHash });
};

/** Starts an execution under this name. Returns its ARN, which has the name in it. */
export const startExecution = async (
  { world }: Round,
  name: string,
  order: Readonly<Partial<Record<keyof DeliveryInput, unknown>>>,
): Promise<string> => {
  const { StateMachineArn: stateMachineArn } = world.system.outputs;
  const { executionArn = '' } = await world.workflows.send(
    new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(order) }),
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
