/** Executions of the delivery workflow besides those that the create trigger starts. */
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { ChallengeId } from '../../../../shared/domain/challenge.ts';
import { readFinalState } from '../judge/final-state.ts';
import type { Round } from '../play/fault-case.ts';
import type { Person } from './cognito.ts';

/** The user's only challenge. */
export const challengeOf = async ({ world }: Round, { userId }: Person): Promise<ChallengeId> => {
  const { challenges } = await readFinalState(world.database, world.tableName, userId, []);
  const [challenge] = challenges;
  if (challenge === undefined) throw new Error('There is no challenge yet');
  return challenge.challengeId;
};

/** Starts an execution for the first mail, as create-auth-challenge does. */
export const startExecution = async (
  { world }: Round,
  { userId, email }: Person,
  challengeId: ChallengeId,
): Promise<void> => {
  const input = JSON.stringify({ userId, challengeId, delivery: 1, email, locale: 'en' });
  const { StateMachineArn: stateMachineArn } = world.system.outputs;
  await world.workflows.send(new StartExecutionCommand({ stateMachineArn, name: `${challengeId}-1`, input }));
};
