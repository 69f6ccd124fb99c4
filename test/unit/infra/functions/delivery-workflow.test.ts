import { readFileSync } from 'node:fs';
import * as dynamoDb from '@aws-sdk/client-dynamodb';
import * as secretsManager from '@aws-sdk/client-secrets-manager';
import validate from 'asl-validator';
import { describe, expect, test } from 'vitest';
import { classify, type SendFailure } from '../../../../services/deliver-code/send-mail.ts';
import { LEASE_SECONDS, LIMITS } from '../../../../shared/domain/limits.ts';
import { SENDING_CLIENT } from '../../../../shared/lambda/sdk-client.ts';
import { deliveryDefinition } from '../../../support/infra/delivery-definition.ts';

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

type Name =
  | ('GenerateAndSendCode' | 'LogDelivery' | 'LogFailure' | 'LogUnclearFailure' | 'GiveBack')
  | ('SendNotice' | 'LogNotice' | 'LogNoticeFailure');
const definition = deliveryDefinition('challenges', 'aws-us-gov') as {
  readonly TimeoutSeconds: number;
  readonly States: Readonly<Record<Name, Task>>;
};
const {
  GenerateAndSendCode: send,
  LogDelivery: log,
  LogFailure: logFailure,
  LogUnclearFailure: logUnclear,
  GiveBack: giveBack,
  SendNotice: sendNotice,
  LogNotice: logNotice,
  LogNoticeFailure: logNoticeFailure,
} = definition.States;

const retrierOf = (task: Task, error: string): Retrier =>
  task.Retry.find(({ ErrorEquals }) => ErrorEquals.includes(error)) ??
  expect.unreachable(`no retrier for ${error}`);

const catches = ({ Catch = [] }: Task) => Catch.map(({ ErrorEquals, Next }) => [ErrorEquals, Next]);

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

  test('catches each failure of GenerateAndSendCode: what nobody ordered ends without a trace', () => {
    expect(catches(send)).toEqual([
      [['InvalidDelivery', 'NotOrdered', 'OtherAddress'], 'Refused'],
      [['LeaseHeld'], 'LeftToOwner'],
      [['States.ALL'], 'LogFailure'],
    ]);
  });

  test('repeats a notice after a refusal only, because what may have left must not come twice', () => {
    const patient = send.Retry.filter(
      ({ ErrorEquals }) => !ErrorEquals.some((error) => error === 'LeaseHeld' || error === 'EmailUnanswered'),
    );

    expect(sendNotice.Retry).toEqual(patient);
    expect(catches(sendNotice)).toEqual([
      [['InvalidDelivery', 'NotOrdered', 'OtherAddress'], 'Refused'],
      [['LeaseHeld'], 'LeftToOwner'],
      [['States.ALL'], 'LogNoticeFailure'],
    ]);
  });

  test('fails where it cannot log, so that an alarm tells of it; only a give-back that fails is passed over', () => {
    expect(log.Catch).toBeUndefined();
    expect(catches(logFailure)).toEqual([
      [['DynamoDB.ConditionalCheckFailedException'], 'LogUnclearFailure'],
    ]);
    expect(catches(logUnclear)).toEqual([[['DynamoDB.ConditionalCheckFailedException'], 'Refused']]);
    expect(catches(giveBack)).toEqual([[['States.ALL'], 'NotSent']]);
  });

  test('makes all its writes with the same patience', () => {
    for (const task of [logFailure, logUnclear, giveBack, logNotice, logNoticeFailure]) {
      expect([task.Retry, task.TimeoutSeconds]).toEqual([log.Retry, log.TimeoutSeconds]);
    }
  });
});

describe('the errors that are retried', () => {
  const source = [
    'services/deliver-code/deliver.ts',
    'services/deliver-code/deliver-notice.ts',
    'services/deliver-code/send-mail.ts',
    'services/deliver-code/handler.ts',
    'shared/messages/delivery.ts',
    'shared/messages/notice.ts',
  ]
    .map(read)
    .join('\n');
  const thrown = new Set([
    ...Array.from(source.matchAll(/new ReportedError\(\s*'(\w+)'/g), ([, name]) => name),
    ...['TooManyRequestsException', 'MessageRejected', 'Unheard'].map((name) =>
      classify({ name, message: '' }),
    ),
    classify({ name: 'TooManyRequestsException', message: 'Daily message quota exceeded' }),
    'EmailUnanswered' satisfies SendFailure,
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
    const own = new Set(retried.filter((name) => thrown.has(name)));

    expect([...own].toSorted()).toEqual([
      'EmailThrottled',
      'EmailUnanswered',
      'EmailUnavailable',
      'LeaseHeld',
    ]);
    expect([...thrown].toSorted()).toEqual([
      'ChallengeClosed',
      'EmailQuotaReached',
      'EmailRejected',
      'EmailThrottled',
      'EmailUnanswered',
      'EmailUnavailable',
      'InvalidDelivery',
      'LeaseHeld',
      'NotOrdered',
      'OtherAddress',
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
  /** The failure and either that it is unclear, or the give-back. */
  const logging = longestRun(logFailure) + Math.max(longestRun(logUnclear), longestRun(giveBack));
  const held = retrierOf(send, 'LeaseHeld');
  /** The time until a lease that a lost try or another execution has left behind is claimed. */
  const oneLease = LEASE_SECONDS + held.IntervalSeconds;
  /** The retriers of errors after which the lease of the try may be left behind. */
  const lossy = ['EmailUnanswered', 'Lambda.Unknown', 'TimeoutError'].map((error) => retrierOf(send, error));
  const busy = longestWait(retrierOf(send, 'EmailThrottled'));

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

  test('of the tries at a held lease outlasts another execution’s lease and those of all own tries that can be lost', () => {
    const leases = 1 + sum(lossy.map(({ MaxAttempts }) => MaxAttempts));

    expect(longestWait(held)).toBeGreaterThanOrEqual(leases * LEASE_SECONDS);
  });

  test('of another execution’s lease, an SES that is busy and then loses each answer, and the log, is within the machine’s', () => {
    const [unanswered, ...others] = lossy;
    const lost = (unanswered?.MaxAttempts ?? 0) * oneLease + send.TimeoutSeconds;

    const longest = oneLease + busy + lost + sum(others.map(longestWait)) + logging;

    expect(longest).toBeLessThan(definition.TimeoutSeconds);
  });

  test.each(lossy.map((retrier) => [retrier.ErrorEquals[0], retrier]))(
    'of tries that are all lost by %s behind another execution’s lease, and of the log, is within the machine’s',
    (_, retrier) => {
      const { MaxAttempts } = retrier as Retrier;

      const longest = oneLease + MaxAttempts * (oneLease + 1) + send.TimeoutSeconds + logging;

      expect(longest).toBeLessThan(definition.TimeoutSeconds);
    },
  );

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
