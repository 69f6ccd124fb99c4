import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { clientSettings, STACK_NAME, startSystem } from '../../../local/system.ts';
import { eventually } from './engines/lambda/a-lambda.ts';

// Events, schedules, asynchronous invocations and queues, as the system connects them.

const reference = (logicalId: string) => ({ Ref: logicalId });
const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

const TEMPLATE = {
  Resources: {
    Record: {
      Type: 'AWS::Lambda::Function',
      Properties: { Handler: 'index.handler', Timeout: 5, MemorySize: 128 },
      Metadata: { 'aws:asset:path': 'asset' },
    },
    RecordConfig: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: {
        FunctionName: reference('Record'),
        Qualifier: '$LATEST',
        MaximumRetryAttempts: 1,
        DestinationConfig: { OnFailure: { Destination: arnOf('DeadLetters') } },
      },
    },
    DeadLetters: { Type: 'AWS::SQS::Queue', Properties: { SqsManagedSseEnabled: true } },
    EachMinute: {
      Type: 'AWS::Events::Rule',
      Properties: {
        ScheduleExpression: 'rate(1 minute)',
        State: 'ENABLED',
        Targets: [{ Id: 'Target0', Arn: arnOf('Record'), Input: '{"fail":false}' }],
      },
    },
    Sent: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: {
          source: ['aws.ses'],
          'detail-type': ['Email Sent'],
          detail: { mail: { tags: { 'ses:configuration-set': [reference('Mails')] } } },
        },
        Targets: [
          {
            Id: 'Target0',
            Arn: arnOf('Record'),
            InputTransformer: {
              InputPathsMap: { 'detail-mail-messageId': '$.detail.mail.messageId' },
              InputTemplate: '{"messageId":<detail-mail-messageId>,"fail":true}',
            },
          },
        ],
      },
    },
    Sender: { Type: 'AWS::SES::EmailIdentity', Properties: { EmailIdentity: 'example.com' } },
    Mails: { Type: 'AWS::SES::ConfigurationSet' },
    MailEvents: {
      Type: 'AWS::SES::ConfigurationSetEventDestination',
      Properties: {
        ConfigurationSetName: reference('Mails'),
        EventDestination: { Enabled: true, MatchingEventTypes: ['send'], EventBridgeDestination: {} },
      },
    },
  },
  Outputs: { DeadLetterQueueUrl: { Value: reference('DeadLetters') } },
};

interface Options {
  readonly rate: number;
  /** The folder of a system that has been closed. */
  readonly folder?: string;
}

const HANDLER = `export const handler = async (event) => {
  if (event.fail) throw Object.assign(new Error('no table'), { name: 'TableGone' }); };`;

/** A running system; `await using` closes it. */
const aSystem = async ({ rate, folder = mkdtempSync(join(tmpdir(), 'system-')) }: Options) => {
  const templateFolder = mkdtempSync(join(tmpdir(), 'template-'));
  mkdirSync(join(templateFolder, 'asset'));
  writeFileSync(join(templateFolder, 'asset', 'index.mjs'), HANDLER);
  writeFileSync(join(templateFolder, `${STACK_NAME}.template.json`), JSON.stringify(TEMPLATE));
  const system = await startSystem({ folder, templateFolder, port: 0, faults: { clockRate: rate } });
  const { DeadLetterQueueUrl: QueueUrl = '' } = system.outputs;
  const ses = new SESv2Client(clientSettings(system.url));
  const sqs = new SQSClient(clientSettings(system.url));
  return {
    ...system,
    folder,
    count: (name: 'Invocations' | 'Errors') => system.metrics.sumOf({ namespace: 'AWS/Lambda', name }),
    sendMail: () =>
      ses.send(
        new SendEmailCommand({
          FromEmailAddress: 'codes@example.com',
          Destination: { ToAddresses: ['user@example.com'] },
          Content: { Simple: { Subject: { Data: 'Hello' }, Body: { Text: { Data: 'Hello' } } } },
          ConfigurationSetName: 'Mails',
        }),
      ),
    deadLetters: async () => {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
      );
      return Messages.map(({ Body = '' }) => JSON.parse(Body));
    },
    [Symbol.asyncDispose]: () => system.close(),
  };
};

const A_DEAD_LETTER = {
  requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 2 },
  responsePayload: { errorType: 'TableGone' },
};

describe.concurrent('a system', () => {
  test('takes what SES reports to the rule, the function and its retry, and in the end to the dead-letter queue', async () => {
    await using system = await aSystem({ rate: 3_600 });

    const { MessageId } = await system.sendMail();
    await system.settled();

    expect(await system.deadLetters()).toMatchObject([
      { ...A_DEAD_LETTER, requestPayload: { messageId: MessageId, fail: true } },
    ]);
  });

  test('runs schedules by the local clock', async () => {
    await using system = await aSystem({ rate: 1 });
    const before = system.count('Invocations');

    system.clock.adjust({ offsetMs: 60_000 });

    expect(await eventually(() => system.count('Invocations') > 0)).toBe(true);
    expect(before).toBe(0);
    expect(system.count('Errors')).toBe(0);
  });

  test('closes while a retry is waiting, and goes on with it when it is started again', async () => {
    const first = await aSystem({ rate: 1 });
    await first.sendMail();
    await eventually(() => first.count('Errors') === 1);
    const started = performance.now();

    await first.close();
    const closedAfter = performance.now() - started;
    await using second = await aSystem({ rate: 3_600, folder: first.folder });
    await second.settled();

    expect(closedAfter).toBeLessThan(5_000);
    expect(await second.deadLetters()).toMatchObject([A_DEAD_LETTER]);
  });
});
