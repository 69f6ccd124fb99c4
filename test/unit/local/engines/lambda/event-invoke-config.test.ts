import { expect, test } from 'vitest';
import { readEventInvokeConfig } from '../../../../../local/engines/lambda/event-invoke-config.ts';
import type { JsonObject } from '../../../../../local/ground/service.ts';
import { aResource } from '../../a-resource.ts';

const QUEUE_ARN = 'arn:aws:sqs:eu-west-1:111122223333:DeadLetters';

const read = (properties: JsonObject) =>
  readEventInvokeConfig(
    aResource(
      'AWS::Lambda::EventInvokeConfig',
      { FunctionName: 'record', Qualifier: '$LATEST', ...properties },
      { ref: 'RecordConfig', attributes: {} },
    ),
    [QUEUE_ARN],
  );

test('says what the template says', () => {
  const config = read({
    MaximumRetryAttempts: 0,
    MaximumEventAgeInSeconds: 60,
    DestinationConfig: { OnFailure: { Destination: QUEUE_ARN } },
  });

  expect(config).toEqual({ functionName: 'record', maxRetries: 0, maxAgeSeconds: 60, onFailure: QUEUE_ARN });
});

test('has two retries within six hours where the template says nothing', () => {
  expect(read({})).toEqual({ functionName: 'record', maxRetries: 2, maxAgeSeconds: 21_600 });
});

test.each([
  [
    'a destination for successes',
    { DestinationConfig: { OnSuccess: { Destination: QUEUE_ARN } } },
    'OnSuccess',
  ],
  ['an alias', { Qualifier: 'live' }, 'there is no version or alias live'],
  [
    'a destination that is not there',
    { DestinationConfig: { OnFailure: { Destination: 'arn:aws:sns:x:1:topic' } } },
    'the destination arn:aws:sns:x:1:topic is not a queue of the template',
  ],
])('refuses %s', (_, properties, message) => {
  expect(() => read(properties)).toThrow(`EventInvokeConfig RecordConfig: ${message}`);
});
