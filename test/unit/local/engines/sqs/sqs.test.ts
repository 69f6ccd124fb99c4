import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { createSqs } from '../../../../../local/engines/sqs/sqs.ts';
import { createClock } from '../../../../../local/ground/clock.ts';
import { openState } from '../../../../../local/ground/state.ts';
import { MINUTE, SECOND } from '../../../../support/table/challenges.ts';
import { ARN, aQueue, aService } from './a-service.ts';

describe('a queue', () => {
  test('gives what was sent to it to the SDK, which checks it', async () => {
    await using service = await aService();

    const { MessageId } = await service.send('{"text":"grüße"}');

    expect(await service.receive()).toMatchObject([
      { MessageId, Body: '{"text":"grüße"}', ReceiptHandle: expect.any(String) },
    ]);
  });

  test('takes messages from the other engines by its ARN', async () => {
    await using service = await aService();

    service.sqs.send(ARN, 'one');

    expect(await service.bodies()).toEqual(['one']);
    expect(() => service.sqs.send(`${ARN}2`, 'two')).toThrow('The specified queue does not exist.');
  });

  test('gives one message where nothing else is asked for, and the oldest ones first', async () => {
    await using service = await aService();
    for (const body of ['a', 'b', 'c', 'd']) await service.send(body);

    const first = await service.bodies({ MaxNumberOfMessages: undefined });
    const next = await service.bodies({ MaxNumberOfMessages: 2 });

    expect([first, next]).toEqual([['a'], ['b', 'c']]);
  });

  test('hides a message for its visibility timeout on the local clock', async () => {
    await using service = await aService({ VisibilityTimeout: 120 });
    await service.send('one');
    const first = await service.bodies();

    service.clock.adjust({ offsetMs: 2 * MINUTE - 10 * SECOND });
    const early = await service.bodies();
    service.clock.adjust({ offsetMs: 10 * SECOND });
    const late = await service.bodies({ VisibilityTimeout: 0 });

    expect([first, early, late, await service.bodies()]).toEqual([['one'], [], ['one'], ['one']]);
  });

  test('hides it for 30 seconds where the template says nothing', async () => {
    await using service = await aService();
    await service.send('one');
    await service.bodies();

    service.clock.adjust({ offsetMs: 25 * SECOND });
    const early = await service.bodies();
    service.clock.adjust({ offsetMs: 5 * SECOND });

    expect([early, await service.bodies()]).toEqual([[], ['one']]);
  });

  test('forgets a message that is deleted', async () => {
    await using service = await aService();
    await service.send('one');
    const [message] = await service.receive();

    await service.delete(message?.ReceiptHandle);
    await service.delete(message?.ReceiptHandle);
    service.clock.adjust({ offsetMs: MINUTE });

    expect(await service.bodies()).toEqual([]);
  });

  test('keeps a message that was received again since', async () => {
    await using service = await aService();
    await service.send('one');
    const [stale] = await service.receive({ VisibilityTimeout: 0 });
    const [current] = await service.receive({ VisibilityTimeout: 0 });

    await service.delete(stale?.ReceiptHandle);
    const kept = await service.bodies({ VisibilityTimeout: 0 });

    expect(stale?.ReceiptHandle).not.toBe(current?.ReceiptHandle);
    expect(kept).toEqual(['one']);
  });

  test('forgets a message that is older than its retention period', async () => {
    await using service = await aService({ MessageRetentionPeriod: 3_600 });
    await service.send('old');
    service.clock.adjust({ offsetMs: 50 * MINUTE });
    await service.send('young');

    service.clock.adjust({ offsetMs: 11 * MINUTE });

    expect(await service.bodies()).toEqual(['young']);
  });

  test('counts its messages, those that are worked on apart', async () => {
    await using service = await aService({ MessageRetentionPeriod: 1_209_600 });
    for (const body of ['a', 'b', 'c']) await service.send(body);
    await service.receive();

    expect(await service.count()).toEqual({
      ApproximateNumberOfMessages: '2',
      ApproximateNumberOfMessagesNotVisible: '1',
      MessageRetentionPeriod: '1209600',
      QueueArn: ARN,
      VisibilityTimeout: '30',
    });
  });

  test('is emptied when it is purged', async () => {
    await using service = await aService();
    for (const body of ['a', 'b']) await service.send(body);
    await service.receive();

    await service.client.send(new PurgeQueueCommand({ QueueUrl: service.QueueUrl }));

    expect(await service.count()).toMatchObject({
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
    });
  });

  test('has its messages after a restart, under the URL it had before', async () => {
    await using first = await aService();
    await first.send('one');
    await using second = await aService({ folder: first.folder });

    const bodies = await second.bodies({ QueueUrl: first.QueueUrl });

    expect(bodies).toEqual(['one']);
  });

  test('is found by its name', async () => {
    await using service = await aService();

    const { QueueUrl } = await service.client.send(new GetQueueUrlCommand({ QueueName: 'DeadLetters' }));

    expect(QueueUrl).toBe(service.QueueUrl);
  });
});

describe('refused is', () => {
  const BASE = { QueueUrl: 'http://127.0.0.1/000000000000/DeadLetters' };

  test.each([
    [
      'a queue that is not there',
      'QueueDoesNotExist',
      new SendMessageCommand({ QueueUrl: 'http://127.0.0.1/000000000000/Other', MessageBody: 'x' }),
    ],
    [
      'a URL that is none',
      'QueueDoesNotExist',
      new SendMessageCommand({ QueueUrl: 'DeadLetters', MessageBody: 'x' }),
    ],
    ['a name that is not there', 'QueueDoesNotExist', new GetQueueUrlCommand({ QueueName: 'Other' })],
    ['an empty message', 'MissingParameter', new SendMessageCommand({ ...BASE, MessageBody: '' })],
    [
      'a message over 1 MiB',
      'InvalidParameterValue',
      new SendMessageCommand({ ...BASE, MessageBody: 'x'.repeat(1_048_577) }),
    ],
    [
      'more than ten messages',
      'InvalidParameterValue',
      new ReceiveMessageCommand({ ...BASE, MaxNumberOfMessages: 11 }),
    ],
    [
      'a timeout of over twelve hours',
      'InvalidParameterValue',
      new ReceiveMessageCommand({ ...BASE, VisibilityTimeout: 43_201 }),
    ],
    [
      'a receipt handle that is none',
      'ReceiptHandleIsInvalid',
      new DeleteMessageCommand({ ...BASE, ReceiptHandle: 'x' }),
    ],
    [
      'an attribute that is not known',
      'InvalidAttributeName',
      new GetQueueAttributesCommand({ ...BASE, AttributeNames: ['FifoQueue'] }),
    ],
    [
      'a parameter that would be ignored',
      'UnsupportedOperation',
      new ReceiveMessageCommand({ ...BASE, WaitTimeSeconds: 20 }),
    ],
  ])('%s', async (_, name, command) => {
    await using service = await aService();

    await expect(service.client.send(command as SendMessageCommand)).rejects.toMatchObject({ name });
  });

  test('a queue with a property that does not work here, when the system starts', () => {
    const state = openState(mkdtempSync(join(tmpdir(), 'state-')));

    const start = () =>
      createSqs([aQueue('http://x', { FifoQueue: true, DelaySeconds: 5 })], state, createClock());

    expect(start).toThrow(/The queue DeadLetters .*\(FifoQueue, DelaySeconds\)\. Create it without/);
  });
});
