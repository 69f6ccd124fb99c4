import { Duration, Fn, Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { describe, expect, it } from 'vitest';
import { EmailOtp } from '../../../infra/email-otp.ts';
import { readAttachment } from '../../../shared/deployment/attachment.ts';
import { anApp, stackTemplate } from '../../support/infra/templates.ts';
import { SOUND, warningsOf } from './check/a-shop.ts';
import { anExistingApp, found, POOL_ARN, POOL_ID } from './existing-app.ts';

const ATTACHMENT = 'Custom::EmailOtpAttachment';
const attachmentOf = (stack: Parameters<typeof found>[0]) => found(stack, ATTACHMENT)[0]?.[1];

const outputsOf = (stack: Parameters<typeof found>[0]) =>
  Object.fromEntries(
    Object.entries(stack.node.root.node.findAll()).flatMap(([, one]) =>
      'exportName' in one && 'value' in one && 'logicalId' in one
        ? [[String(stack.resolve(one.logicalId)), stack.resolve(one.value)]]
        : [],
    ),
  ) as Readonly<Record<string, unknown>>;

describe('a pool that the stack does not make', () => {
  it('may call the four functions, and no other pool may', () => {
    const { stack } = anExistingApp();
    const permissions = found(stack, 'AWS::Lambda::Permission')
      .map(([, { Properties }]) => Properties)
      .filter(({ Principal }) => Principal === 'cognito-idp.amazonaws.com');

    expect(permissions.map(({ SourceArn, Action }) => [SourceArn, Action])).toEqual(
      Array(4).fill([POOL_ARN, 'lambda:InvokeFunction']),
    );
    expect(new Set(permissions.map(({ FunctionName }) => JSON.stringify(FunctionName))).size).toBe(4);
  });

  it('is attached by a custom resource, with all that the app says', () => {
    const { stack } = anExistingApp({
      preTokenGenerationVersion: 'V2_0' as never,
      codeLifetime: Duration.seconds(420),
      allowEmailRecovery: true,
      reportingClients: { abc123: { until: '2026-12-24', reason: 'the app of last year' } },
      existingPool: {
        replaceTriggers: ['PreTokenGeneration'],
        accept: ['devices', 'recovery'],
        refreshUntil: '2026-12-24T08:00:00+01:00',
        smsRoleArn: 'arn:aws:iam::111122223333:role/texts',
        customSenderKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1234',
      },
    });
    const { ServiceToken, ServiceTimeout, Triggers, ...properties } = attachmentOf(stack)?.Properties ?? {};
    const triggers = {
      DefineAuthChallenge: 'define',
      CreateAuthChallenge: 'create',
      VerifyAuthChallengeResponse: 'verify',
      PreTokenGeneration: 'guard',
    };

    expect(readAttachment({ ...properties, Triggers: triggers })).toEqual({
      userPoolId: POOL_ID,
      triggers,
      eventVersion: 'V2_0',
      codeSeconds: 420,
      replace: ['PreTokenGeneration'],
      accept: ['devices', 'recovery'],
      reporting: { abc123: { until: '2026-12-24T00:00:00.000Z' } },
      refreshUntil: '2026-12-24T07:00:00.000Z',
      smsRoleArn: 'arn:aws:iam::111122223333:role/texts',
      customSenderKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1234',
    });
    const arnOf = (name: string) => ({
      'Fn::GetAtt': [expect.stringMatching(`^EmailOtp${name}Lambda`), 'Arn'],
    });
    expect(Triggers).toEqual({
      DefineAuthChallenge: arnOf('DefineAuthChallenge'),
      CreateAuthChallenge: arnOf('CreateAuthChallenge'),
      VerifyAuthChallengeResponse: arnOf('VerifyAuthChallenge'),
      PreTokenGeneration: arnOf('GuardTokens'),
    });
    expect(ServiceToken).toEqual(arnOf('AttachPool'));
    expect(Number(ServiceTimeout)).toBeLessThan(3600);
  });

  it('is left to the command if the app says so', () => {
    const { stack } = anExistingApp({ existingPool: { attachBy: 'command' } });

    expect(attachmentOf(stack)).toBeUndefined();
    expect(found(stack, 'AWS::Lambda::Function', 'EmailOtpAttachPool')).toEqual([]);
    expect(outputsOf(stack).EmailOtpAttachedBy).toBe('command');
  });

  it('is in the outputs, with what the commands need to know', () => {
    const { stack, otp } = anExistingApp({
      reportingClients: { abc123: { until: '2026-12-24', reason: 'old app' } },
      existingPool: { accept: ['mfa'] },
      allowEmailRecovery: true,
    });
    const outputs = outputsOf(stack);

    expect(outputs).toMatchObject({
      EmailOtpUserPoolId: POOL_ID,
      EmailOtpPreTokenEventVersion: 'V1_0',
      EmailOtpReportingClients: '{"abc123":{"until":"2026-12-24T00:00:00.000Z"}}',
      EmailOtpCodeLifetimeSeconds: '300',
      EmailOtpAttachedBy: 'deployment',
      EmailOtpAcceptedDoors: '["mfa","recovery"]',
      EmailOtpAttachRoleArn: stack.resolve(otp.attachRole?.roleArn),
    });
    const [, parts] = (
      outputs.EmailOtpLambdaConfig as { readonly 'Fn::Join': readonly [string, readonly unknown[]] }
    )['Fn::Join'];
    expect(parts.filter((part) => typeof part === 'string').join('')).toBe(
      '{"DefineAuthChallenge":"","CreateAuthChallenge":"","VerifyAuthChallengeResponse":"","PreTokenGeneration":""}',
    );
  });

  it('has its clients on record, and the guard looks', () => {
    const { stack } = anExistingApp();
    const [[, guard] = expect.unreachable()] = found(stack, 'AWS::Lambda::Function', 'EmailOtpGuardTokens');

    expect(guard.Properties.Environment).toMatchObject({ Variables: { TRACKS_CLIENTS: 'true' } });
  });

  it('may be known to the deployment only', () => {
    const { stack } = anExistingApp({ userPool: Fn.importValue('PoolArn') });

    expect(attachmentOf(stack)?.Properties.UserPoolId).toMatchObject({
      'Fn::Select': [1, expect.anything()],
    });
  });
});

describe('the clients of such a pool', () => {
  it.each([
    ['an import', undefined],
    ['an ARN', POOL_ARN],
  ])('are checked if the app makes them, by %s', (_, arn) => {
    const { app, stack } = anExistingApp(arn === undefined ? {} : { userPool: arn });
    UserPool.fromUserPoolId(stack, 'Again', POOL_ID).addClient('Web', { authFlows: { userSrp: true } });

    expect(() => app.synth()).toThrow('The client Shop/Again/Web lets users sign in without the code, by ');
    expect(() => app.synth()).toThrow("allowUnsafeClients: { 'Shop/Again/Web': 'why' }");
  });

  it('of another pool are none of its business', () => {
    const { app, stack } = anExistingApp();
    UserPool.fromUserPoolId(stack, 'Other', 'eu-west-1_Other').addClient('Web', {
      authFlows: { userSrp: true },
    });

    expect(warningsOf({ app })).toEqual([]);
  });

  it('say how long a sign-in may take, unless the app does', () => {
    const validity = (sessionValidity?: Duration) => {
      const { stack, userPool } = anExistingApp(sessionValidity && { existingPool: { sessionValidity } });
      userPool.addClient('Web', {
        authFlows: { custom: true },
        disableOAuth: true,
        authSessionValidity: Duration.minutes(9),
      });
      const [[, create] = expect.unreachable()] = found(stack, 'AWS::Lambda::Function', 'EmailOtpCreateAuth');
      return (create.Properties.Environment as { readonly Variables: Readonly<Record<string, string>> })
        .Variables.SESSION_VALIDITY_SECONDS;
    };

    expect(validity()).toBe('540');
    expect(validity(Duration.minutes(15))).toBe('900');
  });
});

it('a pool that the stack makes, and that somebody looks at, is known to the command', () => {
  const stack = new Stack(anApp(), 'Shop');
  const userPool = new UserPool(stack, 'Pool', SOUND);
  const watchPool = Duration.hours(1);
  new EmailOtp(stack, 'EmailOtp', {
    userPool,
    emailSender: 'otp@example.com',
    senderIdentity: 'existing',
    watchPool,
  });
  const guard = found(stack, 'AWS::Lambda::Function').find(([id]) => id.includes('GuardTokens'))?.[1]
    .Properties;

  expect(outputsOf(stack)).toMatchObject({
    EmailOtpAttachedBy: 'template',
    EmailOtpLambdaConfig: expect.anything(),
    EmailOtpAcceptedDoors: '["deletion-protection"]',
  });
  // The guard has nothing to look up: no client gives tokens without a code.
  expect(JSON.stringify(guard?.Environment)).not.toContain('TRACKS_CLIENTS');
});

it('a pool that the stack makes has no custom resource, no role for the command and no output for it', () => {
  const template = stackTemplate();

  template.resourceCountIs(ATTACHMENT, 0);
  expect(Object.keys(template.findOutputs('*')).filter((name) => /Attach|LambdaConfig/.test(name))).toEqual(
    [],
  );
  expect(Object.keys(template.toJSON().Resources).filter((id) => id.includes('Attach'))).toEqual([]);
});

it.each([
  ['some report', { '1abc': { until: '2026-12-24', reason: 'the app of last year' } }],
  ['none does any more', {}],
])(
  'a pool that the stack makes can be looked at by the command where clients may report: %s',
  (_, reportingClients) => {
    const stack = new Stack(anApp(), 'Shop');
    const userPool = new UserPool(stack, 'Pool', SOUND);
    new EmailOtp(stack, 'EmailOtp', {
      userPool,
      emailSender: 'otp@example.com',
      senderIdentity: 'existing',
      reportingClients,
    });
    const guard = found(stack, 'AWS::Lambda::Function').find(([id]) => id.includes('GuardTokens'))?.[1]
      .Properties;

    expect(Object.keys(outputsOf(stack))).toEqual(
      expect.arrayContaining([
        'EmailOtpLambdaConfig',
        'EmailOtpReportingClients',
        'EmailOtpPreTokenEventVersion',
      ]),
    );
    expect(outputsOf(stack)).toMatchObject({ EmailOtpAttachedBy: 'template' });
    expect(outputsOf(stack)).not.toHaveProperty('EmailOtpAttachRoleArn');
    expect(guard).toMatchObject({ Environment: { Variables: { TRACKS_CLIENTS: 'true' } } });
  },
);
