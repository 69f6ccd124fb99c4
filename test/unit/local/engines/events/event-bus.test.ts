import { expect, test } from 'vitest';
import type { EventEntry } from '../../../../../local/engines/events/event.ts';
import { aBus, aRule, FUNCTION_ARN, OTHER_ARN, toFunction } from './a-bus.ts';

const BOUNCED: EventEntry = {
  source: 'aws.ses',
  detailType: 'Email Bounced',
  resources: ['arn:identity'],
  detail: { eventType: 'Bounce', mail: { messageId: 'message-1' } },
};

const PATTERN = { source: ['aws.ses'], 'detail-type': ['Email Bounced'] };

test('an event reaches the target of a rule that matches, in its envelope', async () => {
  await using bus = aBus([aRule({ EventPattern: PATTERN, Targets: [toFunction()] })]);
  const before = Math.floor(bus.clock.now() / 1_000) * 1_000;

  bus.putEvent(BOUNCED);

  const [{ arn, event } = { arn: '', event: {} }] = bus.invoked;
  expect(bus.invoked).toHaveLength(1);
  expect(arn).toBe(FUNCTION_ARN);
  expect(event).toEqual({
    version: '0',
    id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    'detail-type': 'Email Bounced',
    source: 'aws.ses',
    account: '111122223333',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    region: 'eu-west-1',
    resources: ['arn:identity'],
    detail: BOUNCED.detail,
  });
  expect(Date.parse(String(event.time))).toBeGreaterThanOrEqual(before);
});

test('the time of an event is that of the local clock', async () => {
  await using bus = aBus([aRule({ EventPattern: PATTERN, Targets: [toFunction()] })]);
  bus.clock.adjust({ offsetMs: Date.parse('2031-05-06T07:08:09.500Z') - bus.clock.now() });

  bus.putEvent(BOUNCED);

  expect(bus.invoked[0]?.event.time).toMatch(/^2031-05-06T07:08:(09|10)Z$/);
});

test('each event has an id of its own', async () => {
  await using bus = aBus([aRule({ EventPattern: PATTERN, Targets: [toFunction()] })]);

  bus.putEvent(BOUNCED);
  bus.putEvent(BOUNCED);

  expect(new Set(bus.invoked.map(({ event }) => event.id)).size).toBe(2);
});

test('every rule that matches gets the event, and each of its targets what it asks for', async () => {
  const transformer = {
    InputPathsMap: { id: '$.detail.mail.messageId' },
    InputTemplate: '{"messageId":<id>}',
  };
  await using bus = aBus([
    aRule({
      EventPattern: PATTERN,
      Targets: [
        toFunction({ InputTransformer: transformer }),
        toFunction({ InputPath: '$.source' }, OTHER_ARN),
      ],
    }),
    aRule({ EventPattern: { source: [{ prefix: 'aws.' }] }, Targets: [toFunction({ Input: '1' })] }, 'All'),
    aRule({ EventPattern: { source: ['aws.s3'] }, Targets: [toFunction()] }, 'Other'),
    aRule({ EventPattern: PATTERN, State: 'DISABLED', Targets: [toFunction()] }, 'Off'),
  ]);

  bus.putEvent(BOUNCED);

  expect(bus.invoked).toEqual([
    { arn: FUNCTION_ARN, event: { messageId: 'message-1' } },
    { arn: OTHER_ARN, event: 'aws.ses' },
    { arn: FUNCTION_ARN, event: 1 },
  ]);
});

test('an event that no rule matches is forgotten', async () => {
  await using bus = aBus([aRule({ EventPattern: PATTERN, Targets: [toFunction()] })]);

  bus.putEvent({ ...BOUNCED, detailType: 'Email Sent' });

  expect(bus.invoked).toEqual([]);
});

test('an event of up to 256 KB is taken, and a larger one refused', async () => {
  await using bus = aBus([aRule({ EventPattern: PATTERN, Targets: [toFunction()] })]);
  const overhead = Buffer.byteLength(['aws.ses', 'Email Bounced', 'arn:identity', '{"text":""}'].join(''));
  const ofSize = (bytes: number): EventEntry => ({
    ...BOUNCED,
    detail: { text: 'x'.repeat(bytes - overhead) },
  });

  bus.putEvent(ofSize(262_144));

  expect(bus.invoked).toHaveLength(1);
  expect(() => bus.putEvent(ofSize(262_145))).toThrow(
    expect.objectContaining({
      code: 'ValidationException',
      message: expect.stringContaining('over the limit'),
    }),
  );
  expect(bus.invoked).toHaveLength(1);
});

test.each([
  [
    'an unknown target',
    { EventPattern: PATTERN, Targets: [toFunction({}, 'arn:aws:sqs:x:1:q')] },
    'the target arn:aws:sqs:x:1:q',
  ],
  [
    'a filter that does not work here',
    { EventPattern: { source: [{ regex: 's' }] } },
    'the filter {"regex":"s"}',
  ],
  ['a cron schedule', { ScheduleExpression: 'cron(0 10 * * ? *)' }, 'the schedule cron(0 10 * * ? *)'],
  ['a bus of its own', { EventPattern: PATTERN, EventBusName: 'mine' }, 'there is no event bus mine'],
  [
    'neither pattern nor schedule',
    { Targets: [toFunction()] },
    'it has neither EventPattern nor ScheduleExpression',
  ],
  [
    'a property that is not known',
    { EventPattern: PATTERN, RoleArn: 'arn:role' },
    'RoleArn does not work here',
  ],
  [
    'a target property that is not known',
    { EventPattern: PATTERN, Targets: [toFunction({ SqsParameters: {} })] },
    'SqsParameters does not work here',
  ],
])('a rule with %s is refused at the start, by its name', (_, properties, message) => {
  expect(() => aBus([aRule(properties)])).toThrow(`Rule Bounced: ${message}`);
});

const FOR_CLOUDTRAIL = {
  EventPattern: {
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: { $or: [{ eventName: [{ wildcard: 'Get*' }] }, { errorMessage: [{ wildcard: '*' }] }] },
  },
  State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
  Targets: [{ Id: 'Log', Arn: 'arn:aws:logs:eu-west-1:111122223333:log-group:Watch' }],
};

test('a rule for CloudTrail alone is left out, because there is no CloudTrail here, and the others work', async () => {
  await using bus = aBus([
    aRule(FOR_CLOUDTRAIL, 'Watch'),
    aRule({ EventPattern: PATTERN, Targets: [toFunction()] }),
  ]);

  bus.putEvent(BOUNCED);

  expect(bus.invoked).toHaveLength(1);
});

test('a rule that CloudTrail is but one source of is read like any other', () => {
  const types = ['AWS API Call via CloudTrail', 'Email Bounced'];
  const EventPattern = { ...FOR_CLOUDTRAIL.EventPattern, 'detail-type': types };

  expect(() => aBus([aRule({ ...FOR_CLOUDTRAIL, EventPattern })])).toThrow(
    'Rule Bounced: the target arn:aws:logs',
  );
});

test('a rule on the default bus, by that name, is taken', async () => {
  await using bus = aBus([
    aRule({ EventPattern: PATTERN, EventBusName: 'default', Targets: [toFunction()] }),
  ]);

  bus.putEvent(BOUNCED);

  expect(bus.invoked).toHaveLength(1);
});
