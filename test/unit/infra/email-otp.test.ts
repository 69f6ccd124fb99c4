import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AccountRecovery, UserPool, UserPoolOperation } from 'aws-cdk-lib/aws-cognito';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, it } from 'vitest';
import type { EmailOtpProps } from '../../../infra/email-otp.ts';
import { EmailOtp } from '../../../infra/email-otp.ts';
import { SettingsError } from '../../../infra/settings/settings.ts';
import { anApp } from '../../support/infra/templates.ts';

/** An app that is not ours, with a pool of its own. */
const aShop = () => {
  const app = anApp();
  const stack = new Stack(app, 'Shop');
  const userPool = new UserPool(stack, 'Customers', { accountRecovery: AccountRecovery.NONE });
  userPool.addClient('Web', { authFlows: { custom: true }, disableOAuth: true });
  return { app, stack, userPool };
};

const addOtp = (
  { stack, userPool }: ReturnType<typeof aShop>,
  props: Partial<EmailOtpProps> = {},
): EmailOtp => new EmailOtp(stack, 'EmailOtp', { userPool, emailSender: 'otp@example.com', ...props });

const synthesize = (props: Partial<EmailOtpProps> = {}): Template => {
  const shop = aShop();
  addOtp(shop, props);
  return Template.fromStack(shop.stack);
};

const propertiesOf = (template: Template, type: string) =>
  Object.values(template.findResources(type)).map(({ Properties }) => Properties);

const FUNCTIONS = 7;
const defaults = synthesize();

describe('in the app of somebody else', () => {
  it('the pool gets the triggers, and Cognito may call them for this pool', () => {
    const [pool] = Object.keys(defaults.findResources('AWS::Cognito::UserPool'));
    const calls = (name: string) => ({ 'Fn::GetAtt': [expect.stringMatching(name), 'Arn'] });

    expect(propertiesOf(defaults, 'AWS::Cognito::UserPool')[0].LambdaConfig).toEqual({
      DefineAuthChallenge: calls('DefineAuthChallenge'),
      CreateAuthChallenge: calls('CreateAuthChallenge'),
      VerifyAuthChallengeResponse: calls('VerifyAuthChallenge'),
      PreTokenGeneration: calls('GuardTokens'),
    });
    defaults.resourcePropertiesCountIs(
      'AWS::Lambda::Permission',
      { Principal: 'cognito-idp.amazonaws.com', SourceArn: { 'Fn::GetAtt': [pool, 'Arn'] } },
      4,
    );
  });

  it('no function and no role refers to the pool, which refers to them', () => {
    const [pool = ''] = Object.keys(defaults.findResources('AWS::Cognito::UserPool'));
    const types = ['AWS::Lambda::Function', 'AWS::IAM::Role', 'AWS::IAM::Policy'];

    for (const type of types) expect(JSON.stringify(defaults.findResources(type))).not.toContain(`"${pool}"`);
  });

  it('the pool stays as it was otherwise, and no other is made', () => {
    const { stack } = aShop();
    const [before] = propertiesOf(Template.fromStack(stack), 'AWS::Cognito::UserPool');
    const [{ LambdaConfig, ...after }, ...others] = propertiesOf(defaults, 'AWS::Cognito::UserPool');

    expect(others).toEqual([]);
    expect(after).toEqual(before);
  });

  it('the parts that an app may need are at hand', () => {
    const otp = addOtp(aShop(), { auditArchive: true });

    for (const part of ['table', 'stateMachine', 'deadLetters', 'auditorRole', 'archiveBucket'] as const) {
      expect(otp[part]?.node.path).toMatch(/^Shop\/EmailOtp\//);
    }
  });

  it('the workflow logs where the account’s log policies do not fill up', () => {
    defaults.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: '/aws/vendedlogs/states/Shop-EmailOtp-delivery-workflow',
    });
  });
});

describe('the props', () => {
  it('are checked as the settings are, all at once', () => {
    const make = () => addOtp(aShop(), { codeLength: 5, codeLifetime: Duration.hours(1), emailSender: '' });

    expect(make).toThrow(SettingsError);
    for (const problem of [
      /emailSender is required/,
      /codeLength .* from 6 to 10/,
      /codeLifetime .* to 600/,
    ]) {
      expect(make).toThrow(problem);
    }
  });

  const given = synthesize({
    auditArchive: true,
    logRetention: RetentionDays.ONE_WEEK,
    tracing: true,
    removalPolicy: RemovalPolicy.DESTROY,
  });

  it.each([
    ['90 days by default', defaults, 90],
    ['as long as is said', given, 7],
  ])('every log is kept for %s', (_, template, days) => {
    const groups = propertiesOf(template, 'AWS::Logs::LogGroup');

    expect(groups.length).toBeGreaterThanOrEqual(FUNCTIONS + 1);
    for (const { RetentionInDays } of groups) expect(RetentionInDays).toBe(days);
  });

  it.each([
    ['not traced by default', defaults, false, 0],
    ['traced when that is said', given, true, FUNCTIONS],
  ])('workflow and functions are %s', (_, template, traced, functions) => {
    template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      TracingConfiguration: { Enabled: traced },
    });
    template.resourcePropertiesCountIs(
      'AWS::Lambda::Function',
      { TracingConfig: { Mode: 'Active' } },
      functions,
    );
  });

  it('the table outlives the stack unless it is said that it need not', () => {
    defaults.hasResource('AWS::DynamoDB::GlobalTable', { DeletionPolicy: 'Retain' });
    given.hasResource('AWS::DynamoDB::GlobalTable', { DeletionPolicy: 'Delete' });
  });
});

describe('encryptionKey', () => {
  it('is a key of AWS unless one is given, and nobody is granted any', () => {
    defaults.hasResourceProperties('AWS::DynamoDB::GlobalTable', { SSESpecification: Match.absent() });
    expect(JSON.stringify(defaults.findResources('AWS::IAM::Policy'))).not.toContain('kms:');
  });

  it('encrypts the table, and whoever uses the table may use it', () => {
    const shop = aShop();
    addOtp(shop, { encryptionKey: new Key(shop.stack, 'Key'), auditArchive: true });
    const template = Template.fromStack(shop.stack);
    const policies = propertiesOf(template, 'AWS::IAM::Policy').map((policy) => JSON.stringify(policy));
    const users = policies.filter((policy) => policy.includes('"dynamodb:'));

    template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      Replicas: [
        Match.objectLike({
          Region: { Ref: 'AWS::Region' },
          SSESpecification: { KMSMasterKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] } },
        }),
      ],
    });
    // Six functions, the workflow, and the roles of auditors and of those who unlock.
    expect(users).toHaveLength(9);
    for (const policy of users) expect(policy).toContain('"kms:Decrypt"');
    // The tenth is the pipe, whose access to the stream is in its role's own policies.
    expect(policies.filter((policy) => policy.includes('"kms:Decrypt"'))).toHaveLength(10);
  });
});

describe('the pool', () => {
  it('must be in the same stack', () => {
    const { app, userPool } = aShop();
    const other = new Stack(app, 'Otp');

    expect(() => new EmailOtp(other, 'EmailOtp', { userPool, emailSender: 'otp@example.com' })).toThrow(
      'Otp/EmailOtp must be in the same stack as its user pool Shop/Customers',
    );
  });

  it('may be one of several in a stack, each with a second factor of its own', () => {
    const shop = aShop();
    addOtp(shop);
    const userPool = new UserPool(shop.stack, 'Staff', { accountRecovery: AccountRecovery.NONE });
    new EmailOtp(shop.stack, 'StaffOtp', { userPool, emailSender: 'staff@example.com' });
    const template = Template.fromStack(shop.stack);
    const names = [
      ...propertiesOf(template, 'AWS::Logs::LogGroup').flatMap(({ LogGroupName = [] }) => LogGroupName),
      ...propertiesOf(template, 'AWS::CloudWatch::Alarm').map(({ AlarmName }) => AlarmName),
    ];

    expect(names).toContain('/aws/vendedlogs/states/Shop-StaffOtp-delivery-workflow');
    expect(new Set(names).size).toBe(names.length);
  });

  it('must have its triggers free', () => {
    const shop = aShop();
    const handler = new LambdaFunction(shop.stack, 'Own', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('export const handler = (event) => event;'),
    });
    shop.userPool.addTrigger(UserPoolOperation.CREATE_AUTH_CHALLENGE, handler);

    expect(() => addOtp(shop)).toThrow('createAuthChallenge');
  });

  it('must offer no way round the code, in a client that is added later as well', () => {
    const shop = aShop();
    addOtp(shop);
    shop.userPool.addClient('Legacy');

    expect(() => shop.app.synth()).toThrow('The client Shop/Customers/Legacy lets users sign in without');
  });

  it('may have a client that is allowed by name, and recovery by mail that is accepted', () => {
    const shop = aShop();
    const userPool = new UserPool(shop.stack, 'Staff');
    userPool.addClient('Legacy');
    addOtp(shop, {
      userPool,
      allowUnsafeClients: { 'Shop/Staff/Legacy': 'until it is gone' },
      allowEmailRecovery: true,
    });

    expect(() => shop.app.synth()).not.toThrow();
  });
});

it('alarmTopic gets every alarm', () => {
  const shop = aShop();
  addOtp(shop, { alarmTopic: new Topic(shop.stack, 'OnCall') });
  const alarms = propertiesOf(Template.fromStack(shop.stack), 'AWS::CloudWatch::Alarm');

  expect(alarms.length).toBeGreaterThan(0);
  for (const { AlarmActions } of alarms)
    expect(AlarmActions).toEqual([{ Ref: expect.stringMatching('OnCall') }]);
});
