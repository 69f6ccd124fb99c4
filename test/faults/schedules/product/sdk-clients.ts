/** The AWS SDK's clients, as far as the services use them: each command becomes a call that the scheduler answers. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SESv2Client } from '@aws-sdk/client-sesv2';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { Call, Caller } from '../engine/operation.ts';

interface Clients {
  readonly DynamoDB: DynamoDBClient;
  readonly SES: SESv2Client;
  readonly StepFunctions: SFNClient;
  readonly SecretsManager: SecretsManagerClient;
}

interface Command {
  readonly constructor: { readonly name: string };
  readonly input: object;
}

/** Whether it asks for open challenges where there are none: the ids of all scenarios end in 0. */
const isOfEmptyShard = ({ input }: Command): boolean => {
  const { ExpressionAttributeValues } = input as {
    readonly ExpressionAttributeValues?: Readonly<Record<string, { readonly S?: string }>>;
  };
  const shard = ExpressionAttributeValues?.[':shard']?.S;
  return shard !== undefined && shard !== '0';
};

/** A client of the service with as many tries as the function gives it. */
export const clientOf = <Service extends keyof Clients & Call['service']>(
  caller: Caller,
  service: Service,
  { maxAttempts: tries }: { readonly maxAttempts: number },
): Clients[Service] => {
  const send = async (command: Command) => {
    if (isOfEmptyShard(command)) return {};
    const operation = command.constructor.name.replace(/Command$/, '');
    return caller.call({ service, operation, input: command.input, tries });
  };
  return { send } as unknown as Clients[Service];
};
