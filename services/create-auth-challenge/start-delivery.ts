/** Enqueues the delivery workflow; the mail goes out behind the sign-in, not in it. */
import { type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { type DeliveryInput, writeDelivery } from '../../shared/messages/delivery.ts';

export type StartDelivery = (input: DeliveryInput) => Promise<void>;

/**
 * Express starts another execution for a name that was used before, so the name is for the reader of the console; that
 * no second mail goes out is the lease's work.
 */
export const createStartDelivery =
  (client: SFNClient, stateMachineArn: string): StartDelivery =>
  async (input) => {
    const name = `${input.challengeId}-${input.delivery}`;
    await client.send(new StartExecutionCommand({ stateMachineArn, name, input: writeDelivery(input) }));
  };
