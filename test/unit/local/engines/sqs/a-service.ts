import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { createSqs } from '../../../../../local/engines/sqs/sqs.ts';
import { createClock } from '../../../../../local/ground/clock.ts';
import { createEndpoint } from '../../../../../local/ground/endpoint.ts';
import type { JsonObject } from '../../../../../local/ground/service.ts';
import { openState } from '../../../../../local/ground/state.ts';
import { clientSettings } from '../../../../../local/system.ts';
import { aResource } from '../../a-resource.ts';

export const ARN = 'arn:aws:sqs:us-east-1:000000000000:DeadLetters';

export const aQueue = (endpoint: string, properties: JsonObject = {}) =>
  aResource('AWS::SQS::Queue', properties, {
    ref: `${endpoint}/000000000000/DeadLetters`,
    attributes: { Arn: ARN, QueueName: 'DeadLetters' },
  });

/** The queue behind an endpoint, and the SDK's client for it. `await using` ends both. */
export const aService = async ({
  folder = mkdtempSync(join(tmpdir(), 'state-')),
  ...properties
}: JsonObject & { readonly folder?: string } = {}) => {
  const endpoint = await createEndpoint(0);
  const clock = createClock();
  const state = openState(folder);
  const sqs = createSqs([aQueue(endpoint.url, properties)], state, clock);
  endpoint.mount({ json: { AmazonSQS: sqs.operations }, raw: {}, routes: [] });
  const client = new SQSClient({ ...clientSettings(endpoint.url), maxAttempts: 1 });
  const QueueUrl = `${endpoint.url}/000000000000/DeadLetters`;
  const receive = async (input: Partial<ReceiveMessageCommandInput> = {}) =>
    (await client.send(new ReceiveMessageCommand({ QueueUrl, ...input }))).Messages ?? [];
  return {
    clock,
    client,
    folder,
    sqs,
    QueueUrl,
    send: (MessageBody: string) => client.send(new SendMessageCommand({ QueueUrl, MessageBody })),
    receive,
    bodies: async (input: Partial<ReceiveMessageCommandInput> = {}) =>
      (await receive({ MaxNumberOfMessages: 10, ...input })).map(({ Body }) => Body),
    delete: (ReceiptHandle = '') => client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle })),
    count: async () => {
      const everything = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
      const { Attributes } = await client.send(everything);
      return Attributes;
    },
    [Symbol.asyncDispose]: async () => {
      client.destroy();
      await endpoint.close();
      state.close();
    },
  };
};
