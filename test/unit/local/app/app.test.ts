import { describe, expect, it, test } from 'vitest';
import type { LocalApp } from '../../../../local/app/app.ts';
import { aFunction, anOtp, run } from './an-app.ts';

const idsOf = ({ template }: Pick<LocalApp, 'template'>, type: string): readonly string[] =>
  template.ofType(type).map(({ logicalId }) => logicalId);

const FUNCTION = 'AWS::Lambda::Function';
const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

test('an EmailOtp is run with what it names and with what works for it', () => {
  const app = run({ Shop: anOtp() });

  expect(idsOf(app, FUNCTION)).toEqual(['Define', 'Sweep', 'Deliver']);
  expect(idsOf(app, 'AWS::Events::Rule')).toEqual(['EachMinute']);
  expect(app.otps).toMatchObject([{ id: 'EmailOtp', outputs: { TableName: 'Shop-Table' } }]);
  expect(app.otps[0]?.clients.map(({ name }) => name)).toEqual(['Client']);
  expect(app.leftAlone).toEqual([]);
});

test('the rest of the app is left alone, whatever it refers to and whether or not it could be read', () => {
  const template = anOtp('EmailOtp', {
    Uploads: { Type: 'AWS::S3::Bucket' },
    Backend: aFunction({ POOL: { Ref: 'Pool' }, NET: { 'Fn::Cidr': ['10.0.0.0/16', 2] } }),
    Report: aFunction({ TABLE: { Ref: 'Table' } }, { Runtime: 'python3.13' }),
    Nightly: {
      Type: 'AWS::Events::Rule',
      Properties: { ScheduleExpression: 'cron(0 3 * * ? *)', Targets: [{ Id: '0', Arn: arnOf('Sweep') }] },
    },
    Role: { Type: 'AWS::IAM::Role' },
    OtherPool: { Type: 'AWS::Cognito::UserPool' },
    Never: { Type: 'AWS::S3::Bucket', Condition: 'IsLive' },
  });
  const Conditions = { IsLive: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-9'] } };

  const app = run({ Shop: { ...template, Conditions } });

  expect(idsOf(app, 'AWS::Cognito::UserPool')).toEqual(['Pool']);
  expect(app.leftAlone.map(({ name }) => name)).toEqual([
    'Backend',
    'Report',
    'OtherPool',
    'Uploads',
    'Nightly',
  ]);
});

test('a function that reads the trail is run, without those that it calls and that cannot run here', () => {
  const app = run({
    Shop: anOtp('EmailOtp', {
      Admin: aFunction({ TABLE: { Ref: 'Table' }, REPORT: { Ref: 'Report' } }),
      Report: aFunction({}, { Runtime: 'python3.13' }),
    }),
  });

  expect(idsOf(app, FUNCTION)).toContain('Admin');
  expect(app.leftAlone.map(({ name }) => name)).toEqual(['Report']);
});

test('a function of the app that the sign-in calls is run, with the functions and tables that it names', () => {
  const pool = {
    Type: 'AWS::Cognito::UserPool',
    Properties: { LambdaConfig: { PreTokenGeneration: { Ref: 'Alias' } } },
  };
  const app = run({
    Shop: anOtp('EmailOtp', {
      Pool: pool,
      Alias: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Claims' }, Name: 'live' } },
      Claims: aFunction({
        HELPER: { Ref: 'Helper' },
        UPLOADS: { Ref: 'Uploads' },
        TENANTS: { Ref: 'Tenants' },
      }),
      Helper: aFunction(),
      Tenants: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'tenants' } },
      Uploads: { Type: 'AWS::S3::Bucket' },
    }),
  });

  const [claims] = app.template.ofType(FUNCTION).filter(({ logicalId }) => logicalId === 'Claims');
  const [userPool] = app.template.ofType('AWS::Cognito::UserPool');

  expect(idsOf(app, FUNCTION)).toEqual(expect.arrayContaining(['Claims', 'Helper']));
  expect(claims?.properties.Environment).toEqual({
    Variables: { HELPER: 'Shop-Helper', UPLOADS: 'shop-uploads', TENANTS: 'tenants' },
  });
  expect(userPool?.properties.LambdaConfig).toEqual({
    PreTokenGeneration: `${claims?.names.attributes.Arn}:live`,
  });
});

test('one that cannot be run here is refused by name, together with the others', () => {
  const LambdaConfig = { PreTokenGeneration: arnOf('Claims'), PostAuthentication: arnOf('Log') };
  const stacks = {
    Shop: anOtp('EmailOtp', {
      Pool: { Type: 'AWS::Cognito::UserPool', Properties: { LambdaConfig } },
      Claims: aFunction({}, { Runtime: 'python3.13' }),
      Log: aFunction({}, { Layers: ['arn'] }),
    }),
  };

  expect(() => run(stacks)).toThrow(
    /The function Shop-Claims is for python3\.13;.*\nThe function Shop-Log has layers/,
  );
});

test('the functions of an older Node.js are run, which is said once', () => {
  const app = run({ Shop: anOtp('EmailOtp', { Define: aFunction({}, { Runtime: 'nodejs20.x' }) }) });

  expect(app.notes).toEqual([
    expect.stringMatching(/runs the functions of other versions: Shop-Define \(nodejs20\.x\)$/),
  ]);
});

test('what a deployment looks up for a function is said, with how to give it', () => {
  const template = anOtp('EmailOtp', {
    Define: aFunction({ LEVEL: { Ref: 'Level' }, TOKEN: '{{resolve:secretsmanager:token}}', PLAIN: 'x' }),
  });
  const Parameters = { Level: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/shop/level' } };

  expect(run({ Shop: { ...template, Parameters } }).notes).toEqual([
    expect.stringMatching(/^LEVEL of Shop-Define is "\/shop\/level" here, .*--parameter Level=<value>$/),
    expect.stringContaining('TOKEN of Shop-Define is "{{resolve:secretsmanager:token}}" here'),
  ]);
});

test.each([
  ['codes@example.com', 1],
  ['example.com', 1],
  ['news@example.com', 0],
])('the identity %s belongs to the sender codes@example.com: %d', (EmailIdentity, count) => {
  const identity = { Type: 'AWS::SES::EmailIdentity', Properties: { EmailIdentity } };

  expect(idsOf(run({ Shop: anOtp('EmailOtp', { Identity: identity }) }), identity.Type)).toHaveLength(count);
});

test('several are told apart by their prefixes, and by their stacks where these are the same', () => {
  const ids = (stacks: Readonly<Record<string, object>>, wanted?: string) =>
    run(stacks, wanted).otps.map(({ id }) => id);
  const same = { Test: anOtp(), Live: anOtp() };

  expect(ids({ Shop: anOtp('ShopOtp'), Staff: anOtp('') })).toEqual(['ShopOtp', 'Default']);
  expect(ids(same)).toEqual(['Test-EmailOtp', 'Live-EmailOtp']);
  expect(ids(same, 'Live')).toEqual(['EmailOtp']);
});

test('two stacks of one kind have pools and tables of their own', () => {
  const [first, second] = run({ Test: anOtp(), Live: anOtp() }).otps;

  expect(first?.outputs.UserPoolId).not.toBe(second?.outputs.UserPoolId);
  expect(first?.outputs.TableName).not.toBe(second?.outputs.TableName);
});

test('a property that cannot be read is said with its resource', () => {
  const Pool = {
    Type: 'AWS::Cognito::UserPool',
    Properties: { UserPoolName: { 'Fn::FindInMap': ['Names', { Ref: 'AWS::Region' }, 'pool'] } },
  };
  const template = { ...anOtp('EmailOtp', { Pool }), Mappings: { Names: { 'eu-west-1': { pool: 'a' } } } };

  expect(() => run({ Shop: template })).toThrow(
    'Pool of Shop: Fn::FindInMap finds nothing: the mapping Names has eu-west-1, and not "us-east-1" (from AWS::Region)',
  );
});

test('what checks the pool on a schedule is run', () => {
  const check = (id: string) =>
    aFunction({ ATTACHMENT: { 'Fn::Join': ['', ['{"Define":"', arnOf(id), '"}']] } });
  const Other = { Type: 'AWS::Lambda::Function', Properties: {} };

  const app = run({ Shop: anOtp('EmailOtp', { Other, Check: check('Define'), OtherCheck: check('Other') }) });

  expect(idsOf(app, FUNCTION)).toContain('Check');
  expect(app.leftAlone.map(({ name }) => name)).toEqual(['Other', 'OtherCheck']);
});

describe('an EmailOtp whose pool the stack does not make', () => {
  /** As `EmailOtp` makes it: the triggers are named by no pool, a custom resource sets them, and a schedule checks them. */
  const elsewhere = (UserPoolId: unknown) => {
    const { Pool, Client, ...Resources } = anOtp().Resources;
    const Triggers = { DefineAuthChallenge: arnOf('Define') };
    return {
      Resources: {
        ...Resources,
        Attach: aFunction({ TABLE_NAME: { Ref: 'Table' }, UNDO_PARAMETER: { Ref: 'Undo' } }),
        Undo: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: '{}' } },
        Attachment: {
          Type: 'Custom::EmailOtpAttachment',
          Properties: { ServiceToken: arnOf('Attach'), UserPoolId, Triggers },
        },
        Check: aFunction({ ATTACHMENT: { 'Fn::Join': ['', ['{"Define":"', arnOf('Define'), '"}']] } }),
        EachHour: {
          Type: 'AWS::Events::Rule',
          Properties: { ScheduleExpression: 'rate(1 hour)', Targets: [{ Id: '0', Arn: arnOf('Check') }] },
        },
      },
      Outputs: {
        ...anOtp().Outputs,
        EmailOtpUserPoolId: { Value: UserPoolId },
        EmailOtpLambdaConfig: { Value: { 'Fn::Join': ['', ['{"D":"', arnOf('Define'), '"}']] } },
      },
    };
  };

  it('is run with all that attaches and checks it', () => {
    const app = run({ Shop: elsewhere('us-east-1_Live') });

    expect(app.otps[0]?.outputs.UserPoolId).toBe('us-east-1_Live');
    expect(idsOf(app, FUNCTION).toSorted()).toEqual(['Attach', 'Check', 'Define', 'Deliver', 'Sweep']);
    expect(idsOf(app, 'AWS::Events::Rule')).toEqual(['EachMinute', 'EachHour']);
    expect(idsOf(app, 'Custom::EmailOtpAttachment')).toEqual(['Attachment']);
    expect(idsOf(app, 'AWS::SSM::Parameter')).toEqual(['Undo']);
    expect(app.leftAlone).toEqual([]);
  });

  it('is run with a pool of another stack of the app, and its clients', () => {
    const { Pool, Client } = anOtp().Resources as { readonly Pool: object; readonly Client: object };
    const users = {
      Resources: { Pool: { ...Pool, Properties: {} }, Client },
      Outputs: { Id: { Value: { Ref: 'Pool' }, Export: { Name: 'Users:Pool' } } },
    };

    const app = run({ Users: users, Shop: elsewhere({ 'Fn::ImportValue': 'Users:Pool' }) });

    const [pool] = app.template.ofType('AWS::Cognito::UserPool');
    const [attachment] = app.template.ofType('Custom::EmailOtpAttachment');
    expect(attachment?.properties.UserPoolId).toBe(pool?.names.ref);
    expect(app.otps[0]?.outputs.UserPoolId).toBe(pool?.names.ref);
    expect(app.otps[0]?.clients).toHaveLength(1);
  });
});
