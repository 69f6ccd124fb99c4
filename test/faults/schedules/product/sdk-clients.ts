/** The AWS SDK's clients, as far as the services use them: each command becomes a call that the scheduler answers. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { Caller } from '../engine/operation.ts';
import { SECRETS } from '../engine/world.ts';

const CLIENTS = {
  DynamoDB: DynamoDBClient,
  SES: SESv2Client,
  StepFunctions: SFNClient,
  SecretsManager: SecretsManagerClient,
} as const;

type Clients = { readonly [Service in keyof typeof CLIENTS]: InstanceType<(typeof CLIENTS)[Service]> };

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

/** Whether it reads the address key. Nothing comes between that and the code key, and it would fail in the same way. */
const isOfAddressKey = ({ input }: Command): boolean =>
  (input as { readonly SecretId?: string }).SecretId === 'address-key';

export interface Settings {
  readonly maxAttempts: number;
  readonly isUnheard?: boolean;
}

/** A client of the service with as many tries as the function gives it. It is one by its class, which the SDK's paginators check. */
export const clientOf = <Service extends keyof Clients>(
  caller: Caller,
  service: Service,
  { maxAttempts: tries, isUnheard = false }: Settings,
): Clients[Service] => {
  const send = async (command: Command) => {
    if (isOfEmptyShard(command)) return {};
    if (isOfAddressKey(command)) return { SecretString: SECRETS['address-key'] };
    const operation = command.constructor.name.replace(/Command$/, '');
    return caller.call({ service, operation, input: command.input, tries, ...(isUnheard && { isUnheard }) });
  };
  return Object.assign(Object.create(CLIENTS[service].prototype), { send });
};
