/** Amazon SQS: the template's standard queues, with the operations to send, receive and delete messages. */
import { createHash } from 'node:crypto';
import type { Clock } from '../../ground/clock.ts';
import {
  AwsError,
  type JsonObject,
  type Operation,
  type Operations,
  type SendMessage,
} from '../../ground/service.ts';
import type { State } from '../../ground/state.ts';
import type { Resource } from '../../ground/template.ts';
import { createQueue, type Queue, type ReceivedMessage } from './queue.ts';

export interface Sqs {
  /** The operations by the name in `AmazonSQS.<name>`. */
  readonly operations: Operations;
  /** Sends messages of the other engines. Throws if there is no such queue. */
  readonly send: SendMessage;
}

const MAX_MESSAGES = 10;
const MAX_VISIBILITY_SECONDS = 43_200;
/** Amazon SQS Developer Guide, "Message quotas". */
const MAX_BODY_BYTES = 1_048_576;

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

const invalid = (message: string) => new AwsError('InvalidParameterValue', message);

const noQueue = () => new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');

const readNumber = (input: JsonObject, name: string, usual: number, min: number, max: number): number => {
  const value = input[name] ?? usual;
  if (Number.isInteger(value) && Number(value) >= min && Number(value) <= max) return Number(value);
  throw invalid(
    `Value ${value} for parameter ${name} is invalid. Reason: Must be between ${min} and ${max}.`,
  );
};

const readBody = (body: unknown): string => {
  if (typeof body !== 'string' || body === '')
    throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  if (Buffer.byteLength(body) > MAX_BODY_BYTES)
    throw invalid(
      `One or more parameters are invalid. Reason: Message must be shorter than ${MAX_BODY_BYTES} bytes.`,
    );
  return body;
};

const readReceiptHandle = (handle: unknown): string => {
  if (typeof handle === 'string' && /^[\da-f-]{36}\/[\da-f-]{36}$/.test(handle)) return handle;
  throw new AwsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid one.`);
};

const describeMessage = ({ messageId, body, receiptHandle }: ReceivedMessage): JsonObject => ({
  MessageId: messageId,
  ReceiptHandle: receiptHandle,
  MD5OfBody: md5(body),
  Body: body,
});

const attributesOf = (queue: Queue): Readonly<Record<string, string>> => {
  const { visible, hidden } = queue.count();
  return {
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(hidden),
    MessageRetentionPeriod: String(queue.retentionSeconds),
    QueueArn: queue.arn,
    VisibilityTimeout: String(queue.visibilityTimeoutSeconds),
  };
};

const pickAttributes = (queue: Queue, names: unknown): JsonObject => {
  const attributes = attributesOf(queue);
  const wanted: readonly unknown[] = Array.isArray(names) ? names : [];
  const unknown = wanted.filter((name) => name !== 'All' && !Object.hasOwn(attributes, String(name)));
  if (unknown.length > 0)
    throw new AwsError('InvalidAttributeName', `The local engines do not have ${unknown.join(', ')}`);
  const picked = Object.entries(attributes).filter(
    ([name]) => wanted.includes('All') || wanted.includes(name),
  );
  return { Attributes: Object.fromEntries(picked) };
};

/** Each operation on a queue, with the parameters that it has besides `QueueUrl`. */
const QUEUE_OPERATIONS: Readonly<
  Record<
    string,
    readonly [parameters: readonly string[], run: (queue: Queue, input: JsonObject) => JsonObject]
  >
> = {
  SendMessage: [
    ['MessageBody'],
    (queue, { MessageBody }) => {
      const body = readBody(MessageBody);
      return { MessageId: queue.send(body), MD5OfMessageBody: md5(body) };
    },
  ],
  ReceiveMessage: [
    ['MaxNumberOfMessages', 'VisibilityTimeout'],
    (queue, input) => {
      const max = readNumber(input, 'MaxNumberOfMessages', 1, 1, MAX_MESSAGES);
      const usual = queue.visibilityTimeoutSeconds;
      const hidden = readNumber(input, 'VisibilityTimeout', usual, 0, MAX_VISIBILITY_SECONDS);
      const messages = queue.receive(max, hidden).map(describeMessage);
      return messages.length === 0 ? {} : { Messages: messages };
    },
  ],
  DeleteMessage: [
    ['ReceiptHandle'],
    (queue, { ReceiptHandle }) => {
      queue.delete(readReceiptHandle(ReceiptHandle));
      return {};
    },
  ],
  GetQueueAttributes: [
    ['AttributeNames'],
    (queue, { AttributeNames }) => pickAttributes(queue, AttributeNames),
  ],
  PurgeQueue: [
    [],
    (queue) => {
      queue.purge();
      return {};
    },
  ],
};

/** Refuses a parameter that would otherwise be ignored. */
const checkParameters = (operation: string, known: readonly string[], input: JsonObject): void => {
  const unknown = Object.keys(input).filter((name) => name !== 'QueueUrl' && !known.includes(name));
  if (unknown.length > 0)
    throw new AwsError(
      'UnsupportedOperation',
      `The local engines do not have ${unknown.join(', ')} in ${operation}`,
    );
};

const pathOf = (url: unknown): string | undefined => URL.parse(String(url))?.pathname;

/** Throws if a queue has a property that does not work here. */
export const createSqs = (resources: readonly Resource[], state: State, clock: Clock): Sqs => {
  const queues = resources.map((resource) => createQueue(resource, state, clock));
  const find = (isIt: (queue: Queue) => boolean): Queue => {
    const queue = queues.find(isIt);
    if (queue === undefined) throw noQueue();
    return queue;
  };

  const operations = Object.entries(QUEUE_OPERATIONS).map(
    ([name, [parameters, run]]): [string, Operation] => [
      name,
      (input) => {
        checkParameters(name, parameters, input);
        // Only the path counts, because the port may have changed since the caller got the URL.
        return run(
          find(({ url }) => pathOf(url) === pathOf(input.QueueUrl)),
          input,
        );
      },
    ],
  );
  return {
    operations: {
      ...Object.fromEntries(operations),
      GetQueueUrl: ({ QueueName }) => ({ QueueUrl: find(({ name }) => name === QueueName).url }),
    },
    send: (queueArn, body) => void find(({ arn }) => arn === queueArn).send(body),
  };
};
