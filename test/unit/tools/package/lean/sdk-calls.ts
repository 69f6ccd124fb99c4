import {
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { unlessConditionFails } from '../../../../../shared/table/table.ts';

// What the functions ask of the SDK: a call of each of their clients. Tests run it as it is, and out of a bundle.

/** A call that fails is tried twice. */
export const callsAt = (endpoint: string) => {
  const credentials = { accessKeyId: 'id', secretAccessKey: 'secret' };
  const config = { endpoint, region: 'eu-west-1', credentials, maxAttempts: 2 };
  const dynamoDb = new DynamoDBClient(config);
  const update = () =>
    dynamoDb.send(
      new UpdateItemCommand({
        TableName: 'Challenges',
        Key: { pk: { S: 'USER#1' }, sk: { S: 'GUARD' } },
        UpdateExpression: 'ADD version :one',
        ExpressionAttributeValues: { ':one': { N: '1' }, ':raw': { B: new Uint8Array([1, 2]) } },
      }),
    );
  return {
    dynamodb: update,
    sesv2: () =>
      new SESv2Client(config).send(
        new SendEmailCommand({
          FromEmailAddress: 'otp@example.com',
          Destination: { ToAddresses: ['ada@example.com'] },
          Content: {
            Simple: {
              Subject: { Data: 'Code' },
              Body: { Text: { Data: '…' } },
              Headers: [{ Name: 'a', Value: 'b' }],
            },
          },
          EmailTags: [{ Name: 'delivery', Value: '1' }],
        }),
      ),
    sfn: () =>
      new SFNClient(config).send(new StartExecutionCommand({ stateMachineArn: 'arn:machine', input: '{}' })),
    secrets: () => new SecretsManagerClient(config).send(new GetSecretValueCommand({ SecretId: 'key' })),
    lambda: () =>
      new LambdaClient(config).send(
        new InvokeCommand({ FunctionName: 'own', Payload: new TextEncoder().encode('{"a":1}') }),
      ),
    cognito: () =>
      new CognitoIdentityProviderClient(config).send(
        new DescribeUserPoolCommand({ UserPoolId: 'eu-west-1_AbC' }),
      ),
    /** Undefined if the condition did not hold. */
    'a write on a condition': () => unlessConditionFails(update()),
  } as const satisfies Readonly<Record<string, () => Promise<unknown>>>;
};

export type CallName = keyof ReturnType<typeof callsAt>;

/** The host of the service in this region. */
export const hostIn = (region: string): string => {
  const { endpointProvider } = new SESv2Client({ region }).config;
  return endpointProvider({ Region: region, UseFIPS: false, UseDualStack: false }).url.host;
};
