import { Duration, Stack } from 'aws-cdk-lib';
import { AccountRecovery, UserPool, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { describe, expect, it } from 'vitest';
import { EmailOtp, type EmailOtpProps } from '../../../../infra/email-otp.ts';
import { anApp } from '../../../support/infra/templates.ts';
import { problemsOf } from '../check/a-shop.ts';
import { allowedTo, anExistingApp, found, POOL_ARN, POOL_ID } from '../existing-app.ts';

const READ = [
  'cognito-idp:DescribeUserPool',
  'cognito-idp:GetUserPoolMfaConfig',
  'cognito-idp:ListUserPoolClients',
  'cognito-idp:DescribeUserPoolClient',
];

/** A pool of the stack's own, with a client for machines. */
const anOwnApp = (props: Partial<EmailOtpProps> = {}) => {
  const stack = new Stack(anApp(), 'Shop');
  const userPool = new UserPool(stack, 'Pool', { accountRecovery: AccountRecovery.NONE });
  const watchPool = Duration.hours(1);
  new EmailOtp(stack, 'EmailOtp', { userPool, emailSender: 'otp@example.com', watchPool, ...props });
  return { stack, userPool };
};

const functionOf = (stack: Stack) => found(stack, 'AWS::Lambda::Function', 'EmailOtpCheckPool')[0]?.[1];

/** What the function compares with; a reference is the name of what it refers to. */
const orderOf = (stack: Stack) => {
  const { Variables } = (functionOf(stack) ?? expect.unreachable()).Properties.Environment as {
    readonly Variables: {
      readonly ATTACHMENT: { readonly 'Fn::Join': readonly [string, readonly unknown[]] };
    };
  };
  const [, parts] = Variables.ATTACHMENT['Fn::Join'];
  const text = parts.map((part) =>
    typeof part === 'string' ? part : Object.values(part as object).flat()[0],
  );
  return JSON.parse(text.join(''));
};

describe('the check of the user pool', () => {
  it('is there only if the app asks for it', () => {
    expect(functionOf(anExistingApp().stack)).toBeUndefined();
  });

  it('may read that pool, and nothing else', () => {
    const { stack } = anExistingApp({ watchPool: Duration.hours(1) });

    expect(allowedTo(stack, 'CheckPool')).toEqual([{ Effect: 'Allow', Action: READ, Resource: POOL_ARN }]);
  });

  it('may read a pool of the stack’s own, and nothing else', () => {
    const { stack } = anOwnApp();

    expect(allowedTo(stack, 'CheckPool')).toMatchObject([
      { Action: READ, Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Pool/), 'Arn'] } },
    ]);
  });

  it('runs as often as the app says, once each time', () => {
    const { stack } = anExistingApp({ watchPool: Duration.minutes(90) });
    const [[, rule] = expect.unreachable()] = found(stack, 'AWS::Events::Rule', 'EmailOtpCheckPool');
    const [[, config] = expect.unreachable()] = found(
      stack,
      'AWS::Lambda::EventInvokeConfig',
      'EmailOtpCheckPool',
    );

    expect(rule.Properties.ScheduleExpression).toBe('rate(90 minutes)');
    expect(config.Properties.MaximumRetryAttempts).toBe(0);
    expect(functionOf(stack)?.Properties.Handler).toBe('attach-pool.checkHandler');
  });

  it('knows what the pool should be like', () => {
    const { stack } = anExistingApp({
      watchPool: Duration.hours(1),
      existingPool: { accept: ['deletion-protection', 'abc:session'] },
      reportingClients: { abc123: { until: '2026-12-24', reason: 'old app' } },
    });

    expect(orderOf(stack)).toMatchObject({
      UserPoolId: POOL_ID,
      EventVersion: 'V1_0',
      CodeSeconds: '300',
      Accept: ['deletion-protection', 'abc:session'],
      ReportingClients: { abc123: '2026-12-24T00:00:00.000Z' },
      Triggers: { PreTokenGeneration: expect.stringMatching(/^EmailOtpGuardTokens/) },
    });
  });

  it('does not find what the app has said of its own pool and clients, also of those that it adds later', () => {
    const { stack, userPool } = anOwnApp({
      allowUnsafeClients: { 'Shop/Pool/Legacy': 'the guard refuses them', 'Shop/Pool/Short': 'as that' },
    });
    const legacy = userPool.addClient('Legacy', {
      authFlows: { userSrp: true },
      authSessionValidity: Duration.minutes(15),
    });
    const short = userPool.addClient('Short', { authFlows: { custom: true, userSrp: true } });
    userPool.addClient('Web', {
      authFlows: { custom: true },
      disableOAuth: true,
      authSessionValidity: Duration.minutes(15),
    });
    const idOf = (client: typeof legacy) => stack.resolve(client.userPoolClientId).Ref;

    expect(orderOf(stack).Accept.toSorted()).toEqual(
      ['deletion-protection', idOf(legacy), idOf(short), `${idOf(short)}:session`].toSorted(),
    );
  });

  it.each([
    [50, 4, []],
    [50, 20, [expect.stringContaining('watchPool: what the pool is compared with must fit into 3900 bytes')]],
  ])(
    'has place for %i clients that report, and not for any number of sessions: %i',
    (many, sessions, problems) => {
      const ids = Array.from({ length: many }, (_, n) => `client${n}`.padEnd(26, 'x'));
      const { app } = anExistingApp({
        watchPool: Duration.hours(1),
        existingPool: { accept: ids.slice(0, sessions).map((id) => `${id}:session` as const) },
        reportingClients: Object.fromEntries(
          ids.map((id) => [id, { until: '2026-12-24', reason: 'old app' }]),
        ),
      });

      expect(problemsOf({ app })).toEqual(problems);
    },
  );

  it('is told nothing that only attaching needs', () => {
    const { stack } = anExistingApp({
      watchPool: Duration.hours(1),
      existingPool: {
        replaceTriggers: ['PreTokenGeneration'],
        refreshUntil: '2026-12-24',
        smsRoleArn: 'arn:aws:iam::111122223333:role/texts',
      },
    });

    expect(orderOf(stack)).toMatchObject({ ReplaceTriggers: [] });
    expect(JSON.stringify(orderOf(stack))).not.toMatch(/Sms|RefreshUntil/);
  });

  it('looks for the first time after the pool is attached', () => {
    const { stack } = anExistingApp({ watchPool: Duration.hours(1) });
    const [[, rule] = expect.unreachable()] = found(stack, 'AWS::Events::Rule', 'EmailOtpCheckPool');
    const [[attachment] = expect.unreachable()] = found(stack, 'Custom::EmailOtpAttachment');

    expect(rule.DependsOn).toContain(attachment);
  });

  it.each(['own', 'elsewhere'])(
    'is nothing that a client waits for which waits for the codes: of a pool %s',
    (kind) => {
      const watchPool = Duration.hours(1);
      const { stack, userPool } = kind === 'own' ? anOwnApp() : anExistingApp({ watchPool });
      const client = new UserPoolClient(stack, 'Client', {
        userPool,
        authFlows: { custom: true },
        disableOAuth: true,
      });
      client.node.addDependency(stack.node.findChild('EmailOtp'));

      expect(orderOf(stack).Accept).toContain(`${stack.resolve(client.userPoolClientId).Ref}:session`);
      const [[, { DependsOn = [] }] = expect.unreachable()] = found(stack, 'AWS::Cognito::UserPoolClient');
      expect(DependsOn.some((id) => id.startsWith('EmailOtpGuardTokens'))).toBe(true);
      expect(DependsOn.filter((id) => /CheckPool|Alarm|Dashboard/.test(id))).toEqual([]);
    },
  );

  it('finds that a pool can be deleted if the app has protected it', () => {
    const stack = new Stack(anApp(), 'Shop');
    const userPool = new UserPool(stack, 'Pool', {
      accountRecovery: AccountRecovery.NONE,
      deletionProtection: true,
    });
    const watchPool = Duration.hours(1);
    new EmailOtp(stack, 'EmailOtp', { userPool, emailSender: 'otp@example.com', watchPool });

    expect(orderOf(stack).Accept).toEqual([]);
  });
});

describe('the alarm', () => {
  it('starts when the pool is different or the check fails, and keeps what the last check said', () => {
    const { stack } = anExistingApp({ watchPool: Duration.hours(1) });
    const alarms = found(stack, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
    const alarm = alarms.find(({ AlarmName }) => AlarmName === 'Shop-EmailOtp-pool-drift');

    expect(alarm).toMatchObject({
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'ignore',
      Metrics: [
        { Expression: 'failures + FILL(poolDrift, 0)' },
        { MetricStat: { Metric: { MetricName: 'Errors' }, Stat: 'Sum' } },
        {
          MetricStat: {
            Metric: {
              MetricName: 'PoolDrift',
              Namespace: 'Shop-EmailOtp',
              Dimensions: [{ Name: 'service', Value: 'attach-pool' }],
            },
          },
        },
      ],
    });
  });

  it('is not there if nobody looks', () => {
    const names = found(anExistingApp().stack, 'AWS::CloudWatch::Alarm').map(
      ([, { Properties }]) => Properties.AlarmName,
    );

    expect(names).not.toContain('Shop-EmailOtp-pool-drift');
  });
});
