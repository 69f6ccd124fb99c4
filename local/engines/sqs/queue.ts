/** One standard queue: keeps its messages on disk, and hides each one from other receivers while one works on it. */
import { randomUUID } from 'node:crypto';
import { CommandError, EXIT } from '../../../shared/command/failure.ts';
import type { Clock } from '../../ground/clock.ts';
import type { State } from '../../ground/state.ts';
import type { Resource } from '../../ground/template.ts';

export interface Queue {
  readonly arn: string;
  readonly name: string;
  readonly url: string;
  readonly visibilityTimeoutSeconds: number;
  readonly retentionSeconds: number;
  /** Returns the message's id. */
  send(body: string): string;
  /** Returns the oldest messages first. Each is hidden from other receivers for `hiddenSeconds`. */
  receive(max: number, hiddenSeconds: number): readonly ReceivedMessage[];
  /** Deletes the message unless it was received again meanwhile. */
  delete(receiptHandle: string): void;
  purge(): void;
  count(): { readonly visible: number; readonly hidden: number };
}

export interface ReceivedMessage {
  readonly messageId: string;
  readonly body: string;
  readonly receiptHandle: string;
}

/** Times are the local clock's epoch milliseconds. */
interface Message {
  readonly messageId: string;
  readonly body: string;
  readonly sentAt: number;
  readonly visibleAt: number;
  /** The handle of the last receive. */
  readonly receiptHandle?: string;
}

const DEFAULT_VISIBILITY_SECONDS = 30;
const DEFAULT_RETENTION_SECONDS = 345_600;

/** Known properties; those for encryption and permissions have no effect here. */
const KNOWN_PROPERTIES = [
  'VisibilityTimeout',
  'MessageRetentionPeriod',
  'SqsManagedSseEnabled',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'RedriveAllowPolicy',
  'Tags',
];

/** Each problem is a sentence without its subject, and what to do. */
export const unsupportedByQueue = ({ properties }: Pick<Resource, 'properties'>): readonly string[] => {
  const unknown = Object.keys(properties).filter((property) => !KNOWN_PROPERTIES.includes(property));
  return unknown.length === 0
    ? []
    : [
        `has what queues do not have here (${unknown.join(', ')}). Create it without, or leave it out of the app`,
      ];
};

/** Throws `CommandError` with the name of the property if the queue has one that does not work here. */
export const createQueue = (resource: Resource, state: State, clock: Clock): Queue => {
  const { names, properties } = resource;
  const { Arn: arn = '', QueueName: name = '' } = names.attributes;
  const [problem] = unsupportedByQueue(resource);
  if (problem !== undefined) throw new CommandError(`The queue ${name} ${problem}`, EXIT.failed);
  const retentionSeconds = Number(properties.MessageRetentionPeriod ?? DEFAULT_RETENTION_SECONDS);
  const messages = state.documents<Message>(`queue/${name}`);

  const kept = (): readonly Message[] => {
    const oldest = clock.now() - retentionSeconds * 1_000;
    for (const { messageId, sentAt } of messages.all()) if (sentAt < oldest) messages.delete(messageId);
    return messages.all();
  };
  const isVisible = ({ visibleAt }: Message) => visibleAt <= clock.now();

  return {
    arn,
    name,
    url: names.ref,
    visibilityTimeoutSeconds: Number(properties.VisibilityTimeout ?? DEFAULT_VISIBILITY_SECONDS),
    retentionSeconds,
    send: (body) => {
      const messageId = randomUUID();
      const sentAt = clock.now();
      messages.put(messageId, { messageId, body, sentAt, visibleAt: sentAt });
      return messageId;
    },
    receive: (max, hiddenSeconds) =>
      kept()
        .filter(isVisible)
        .slice(0, max)
        .map((message) => {
          const receiptHandle = `${message.messageId}/${randomUUID()}`;
          const visibleAt = clock.now() + hiddenSeconds * 1_000;
          messages.put(message.messageId, { ...message, visibleAt, receiptHandle });
          return { ...message, receiptHandle };
        }),
    delete: (receiptHandle) => {
      const message = messages.all().find((candidate) => candidate.receiptHandle === receiptHandle);
      if (message !== undefined) messages.delete(message.messageId);
    },
    purge: () => {
      for (const { messageId } of messages.all()) messages.delete(messageId);
    },
    count: () => {
      const all = kept();
      const visible = all.filter(isVisible).length;
      return { visible, hidden: all.length - visible };
    },
  };
};
