import { readFileSync } from 'node:fs';
import * as dynamoDb from '@aws-sdk/client-dynamodb';
import * as secretsManager from '@aws-sdk/client-secrets-manager';
import validate from 'asl-validator';
import { describe, expect, test } from 'vitest';
import { classify } from '../../../../services/deliver-code/send-mail.ts';
import { LEASE_SECONDS, LIMITS } from '../../../../shared/domain/limits.ts';
import { SENDING_CLIENT } from '../../../../shared/lambda/sdk-client.ts';

const ROOT = new URL('../../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');

interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly BackoffRate: number;
  readonly MaxAttempts: number;
  readonly MaxDelaySeconds?: number;
}

interface Task {
  readonly Resource: string;
  readonly TimeoutSeconds: number;
  readonly Retry: readonly Retrier[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
}

type Name = 'GenerateAndSendCode' | 'LogDelivery' | 'LogFailure';
const definition = JSON.parse(
  read('infra/functions/delivery-workflow.asl.json').replaceAll('$'.concat('{Partition}'), 'aws-us-gov'),
) as {
  readonly TimeoutSeconds: number;
  readonly States: Readonly<Record<Name, Task>>;
};
const { GenerateAndSendCode: send, LogDelivery: log, LogFailure: logFailure } = definition.States;

const retrierOf = (task: Task, error: string): Retrier =>
  task.Retry.find(({ ErrorEquals }) => ErrorEquals.includes(error)) ??
  expect.unreachable(`no retrier for ${error}`);

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** The most seconds that a retrier waits in all. (Jitter only shortens the waits.) */
const longestWait = ({ IntervalSeconds, BackoffRate, MaxAttempts, MaxDelaySeconds = Infinity }: Retrier) =>
  sum(
    Array.from({ length: MaxAttempts }, (_, n) =>
      Math.min(IntervalSeconds * BackoffRate ** n, MaxDelaySeconds),
    ),
  );

/** The seconds that a task takes if every try runs into its time-out. */
const longestRun = (task: Task) =>
  sum(task.Retry.map(longestWait)) +
  (1 + Math.max(...task.Retry.map(({ MaxAttempts }) => MaxAttempts))) * task.TimeoutSeconds;

describe('the definition', () => {
  test('is valid in the Amazon States Language', () => {
    const validation = validate(definition);

    expect(validation.errorsText()).toBe('');
    expect(validation.isValid).toBe(true);
  });

  test('catches failures of GenerateAndSendCode alone, and each of them', () => {
    expect(send.Catch?.map(({ ErrorEquals, Next }) => [ErrorEquals, Next])).toEqual([
      [['LeaseHeld'], 'LeftToOwner'],
      [['States.ALL'], 'LogFailure'],
    ]);
    expect(log.Catch).toBeUndefined();
    expect(logFailure.Catch).toBeUndefined();
  });

  test('logs a delivery and a failure with the same patience', () => {
    expect(log.Retry).toEqual(logFailure.Retry);
    expect(log.TimeoutSeconds).toBe(logFailure.TimeoutSeconds);
  });
});

describe('the errors that are retried', () => {
  const source = [
    'services/deliver-code/deliver.ts',
    'services/deliver-code/send-mail.ts',
    'services/deliver-code/handler.ts',
    'shared/messages/delivery.ts',
  ]
    .map(read)
    .join('\n');
  const thrown = new Set([
    ...Array.from(source.matchAll(/new ReportedError\('(\w+)'/g), ([, name]) => name),
    ...['TooManyRequestsException', 'MessageRejected', 'TimeoutError', 'Unheard'].map((name) =>
      classify({ name, message: '' }),
    ),
    classify({ name: 'TooManyRequestsException', message: 'Daily message quota exceeded' }),
  ]);
  // The SDK's name for a time-out, and the name that our boundary gives a lost connection.
  const ofTheNetwork = ['TimeoutError', 'NetworkError'];
  const ofAnSdk = (name: string) => ofTheNetwork.includes(name) || name in dynamoDb || name in secretsManager;
  const ofAws = /^(?:States|Lambda|Sandbox|Runtime|DynamoDB)\./;
  const retried = Object.values(definition.States)
    .flatMap(({ Retry = [] }) => Retry)
    .flatMap(({ ErrorEquals }) => ErrorEquals);

  test('are AWS’s own or ones that deliver-code throws', () => {
    const unknown = retried.filter((name) => !ofAws.test(name) && !ofAnSdk(name) && !thrown.has(name));

    expect(unknown).toEqual([]);
  });

  test('are those of deliver-code that pass by themselves, and no others', () => {
    const own = retried.filter((name) => thrown.has(name));

    expect(own.toSorted()).toEqual(['EmailThrottled', 'EmailUnanswered', 'EmailUnavailable', 'LeaseHeld']);
    expect([...thrown].toSorted()).toEqual([
      'ChallengeClosed',
      'ChallengeMissing',
      'EmailQuotaReached',
      'EmailRejected',
      'EmailThrottled',
      'EmailUnanswered',
      'EmailUnavailable',
      'InvalidDelivery',
      'LeaseHeld',
    ]);
  });

  test('are named once for each task', () => {
    for (const { Retry = [] } of Object.values(definition.States)) {
      const names = Retry.flatMap(({ ErrorEquals }) => ErrorEquals);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});

describe('the time', () => {
  const functionTimeout = Number(
    /const TIMEOUT = Duration\.seconds\((\d+)\)/.exec(read('infra/functions/deliver-code.ts'))?.[1],
  );
  const logging = longestRun(logFailure);

  test('of the function ends before its task’s, and the task’s before the lease', () => {
    expect(functionTimeout).toBe(20);
    expect(send.TimeoutSeconds).toBe(25);
    expect(functionTimeout).toBeLessThan(send.TimeoutSeconds);
    expect(send.TimeoutSeconds).toBeLessThan(LEASE_SECONDS);
  });

  test('of one call of SES fits into the function’s', () => {
    expect(SENDING_CLIENT.maxAttempts).toBe(1);
    expect(SENDING_CLIENT.requestHandler.requestTimeout / 1000).toBeLessThan(functionTimeout);
  });

  test('of the tries at a held lease is longer than the lease', () => {
    expect(longestWait(retrierOf(send, 'LeaseHeld'))).toBeGreaterThan(LEASE_SECONDS);
  });

  test('of all retriers together, with tries that time out and the log, is within the machine’s', () => {
    const timeouts = 1 + retrierOf(send, 'States.Timeout').MaxAttempts;

    const longest = sum(send.Retry.map(longestWait)) + timeouts * send.TimeoutSeconds + logging;

    expect(longest).toBeLessThan(definition.TimeoutSeconds);
  });

  test('of an SES that does not answer allows three mails at most', () => {
    expect(retrierOf(send, 'EmailUnanswered').MaxAttempts).toBe(2);
  });

  test('of an SES that never answers, and then of the log, is within the machine’s', () => {
    const retrier = retrierOf(send, 'EmailUnanswered');
    const oneTry = SENDING_CLIENT.requestHandler.requestTimeout / 1000;

    const longest = longestWait(retrier) + (1 + retrier.MaxAttempts) * oneTry + logging;

    expect(longest).toBeLessThan(definition.TimeoutSeconds);
  });

  test('of the machine is within the shortest life of a code', () => {
    expect(definition.TimeoutSeconds).toBeLessThan(LIMITS.codeLifetime.min);
  });
});
