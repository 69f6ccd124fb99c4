/** Starts the delivery workflow, which sends the mail while the sign-in goes on. */
import { type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { type DeliveryInput, writeDelivery } from '../../shared/messages/delivery.ts';

export type StartDelivery = (input: DeliveryInput) => Promise<void>;

/**
 * The execution's name only helps readers of the console: Express workflows accept a name twice. The lease prevents a
 * second mail.
 */
export const createStartDelivery =
  (client: SFNClient, stateMachineArn: string): StartDelivery =>
  async (input) => {
    const name = `${input.challengeId}-${input.delivery}`;
    await client.send(new StartExecutionCommand({ stateMachineArn, name, input: writeDelivery(input) }));
  };
