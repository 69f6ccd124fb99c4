/** Enqueues the delivery workflow; the mail goes out behind the sign-in, not in it. */
import { type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { ChallengeId } from '../../shared/domain/challenge.ts';

/** The workflow's whole input. The address stands in clear here, in Cognito and in the mail, and nowhere else. */
export interface DeliveryInput {
  readonly userId: string;
  readonly challengeId: ChallengeId;
  /** 1 for the first mail of the challenge. */
  readonly delivery: number;
  readonly email: string;
  /** BCP 47; chooses the mail's language. */
  readonly locale: string;
}

export type StartDelivery = (input: DeliveryInput) => Promise<void>;

/**
 * Express starts another execution for a name that was used before, so the name is for the reader of the console; that
 * no second mail goes out is the lease's work.
 */
export const createStartDelivery =
  (client: SFNClient, stateMachineArn: string): StartDelivery =>
  async (input) => {
    const name = `${input.challengeId}-${input.delivery}`;
    await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
  };
