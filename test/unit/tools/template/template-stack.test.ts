import { describe, expect, it, test } from 'vitest';
import { codePlace } from '../../../../infra/code-place.ts';
import { envSchema as create } from '../../../../services/create-auth-challenge/config.ts';
import { envSchema as define } from '../../../../services/define-auth-challenge/config.ts';
import { envSchema as deliver } from '../../../../services/deliver-code/config.ts';
import { envSchema as guard } from '../../../../services/guard-tokens/config.ts';
import { envSchema as record } from '../../../../services/record-feedback/config.ts';
import { envSchema as sweep } from '../../../../services/sweep-challenges/config.ts';
import { envSchema as verify } from '../../../../services/verify-auth-challenge/config.ts';
import { type EnvSchema, readConfig } from '../../../../shared/lambda/config.ts';
import { parseUserLimits } from '../../../../shared/messages/stack/user-limits.ts';
import { stackTemplate } from '../../../support/infra/templates.ts';
import { DEFAULT_LIMITS } from '../../../support/table/challenges.ts';
import { aTemplate, deployTemplate } from './a-deployment.ts';

const SCHEMAS: Readonly<Record<string, EnvSchema>> = {
  'define-auth-challenge': define,
  'create-auth-challenge': create,
  'deliver-code': deliver,
  'guard-tokens': guard,
  'record-feedback': record,
  'sweep-challenges': sweep,
  'verify-auth-challenge': verify,
};

type Deployed = ReturnType<typeof deployTemplate>;

/** What the function reads from its environment, as it does when it starts. */
const configOf = ({ ofType }: Deployed, service: string) => {
  const { folder, file } = codePlace(service);
  const found = ofType('AWS::Lambda::Function').find(
    ({ Code, Handler }) => JSON.stringify(Code).includes(`"${folder}-`) && Handler === `${file}.handler`,
  );
  const { Variables = {} } = (found?.Environment ?? {}) as {
    readonly Variables?: Readonly<Record<string, string>>;
  };
  return readConfig(SCHEMAS[service] ?? {}, Variables);
};

const textOf = (value: unknown) => JSON.stringify(value);

describe.each(['own', 'existing'] as const)('the template, pool %s', (pool) => {
  const template = aTemplate(pool);

  it('asks for nothing of cdk bootstrap', () => {
    const sections = ['Conditions', 'Description', 'Metadata', 'Outputs', 'Parameters', 'Resources'];
    expect(Object.keys(template).toSorted()).toEqual(sections);
    expect(textOf(template)).not.toMatch(/bootstrap|cdk-hnb659fds|AWS::SSM/i);
  });

  it('has each parameter in one of the groups that the console shows', () => {
    const { ParameterGroups } = template.Metadata['AWS::CloudFormation::Interface'];
    const grouped = ParameterGroups.flatMap(({ Parameters }) => Parameters);

    expect(grouped).toEqual(Object.keys(template.Parameters));
  });

  it('uses each of its parameters', () => {
    const used = textOf([template.Conditions, template.Resources]);
    const unused = Object.keys(template.Parameters).filter(
      (name) => !used.includes(`{"Ref":"${name}"}`) && !used.includes(`\${${name}}`),
    );

    expect(unused).toEqual([]);
  });

  it('has the parameter of a report only if a mail has the link for it', () => {
    expect(template.Parameters).not.toHaveProperty('ReportLock');
    expect(aTemplate(pool, { reportLink: 'true' }).Parameters).toHaveProperty('ReportLock');
  });

  it('has no number that the CDK could not turn into a parameter', () => {
    expect(textOf(template)).not.toMatch(/Token\[|e\+\d{3}/);
  });

  test.each(Object.keys(SCHEMAS))('gives %s an environment that it can read', (service) => {
    expect(() => configOf(deployTemplate(template), service)).not.toThrow();
  });

  it('has names that begin with the name of the deployed stack', () => {
    const named = textOf(deployTemplate(template).ofType('AWS::CloudWatch::Alarm'));
    const names = [...named.matchAll(/"AlarmName":"([^"]+)"/g)].map(([, name]) => name);

    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => !name?.startsWith('shop_otp-'))).toEqual([]);
  });

  it('allows its auditors to find the deployed stack, and no other', () => {
    expect(textOf(deployTemplate(template).ofType('AWS::IAM::Policy'))).toContain(':stack/shop/*');
  });
});

describe('a parameter', () => {
  it('that is not given leaves the function its default', () => {
    expect(configOf(deployTemplate(aTemplate()), 'create-auth-challenge')).toMatchObject({
      codeLength: DEFAULT_LIMITS.codeLength,
      lockDuration: DEFAULT_LIMITS.lockDuration,
      auditRetention: DEFAULT_LIMITS.auditRetention,
      sessionValiditySeconds: 900,
      requireVerifiedEmail: false,
    });
  });

  it('in minutes or days comes to the function in seconds', () => {
    const given = { LockDuration: '20', AuditRetention: '30', SessionValidity: '12', CodeLifetime: '420' };

    expect(configOf(deployTemplate(aTemplate(), given), 'create-auth-challenge')).toMatchObject({
      lockDuration: 1200,
      auditRetention: 30 * 86_400,
      sessionValiditySeconds: 720,
      codeLifetime: 420,
    });
  });

  it('comes to the commands by the outputs', () => {
    const { outputs } = deployTemplate(aTemplate(), { LockDuration: '20', SendsPerDay: '7' });

    expect(parseUserLimits(outputs.GuardLimits ?? '')).toMatchObject({ lockDuration: 1200, sendsPerDay: 7 });
  });

  it('protects pool and table alike', () => {
    const { ofType } = deployTemplate(aTemplate(), { DeletionProtection: 'true' });

    expect(ofType('AWS::Cognito::UserPool')).toMatchObject([{ DeletionProtection: 'ACTIVE' }]);
    expect(ofType('AWS::DynamoDB::GlobalTable')).toMatchObject([
      { Replicas: [{ DeletionProtectionEnabled: true }] },
    ]);
  });

  it('lets alarms reach a topic only if there is one', () => {
    const topic = 'arn:aws:sns:eu-west-1:111122223333:alarms';
    const actions = (AlarmTopic: string) =>
      deployTemplate(aTemplate(), { AlarmTopic })
        .ofType('AWS::CloudWatch::Alarm')
        .flatMap(({ AlarmActions, OKActions }) => [AlarmActions, OKActions]);

    expect(new Set(actions('').map(textOf))).toEqual(new Set(['[]']));
    expect(new Set(actions(topic).map(textOf))).toEqual(new Set([textOf([topic])]));
  });

  it('puts a name beside the sender, but allows only the bare address', () => {
    const named = deployTemplate(aTemplate(), { SenderName: 'The Shop' });

    expect(configOf(deployTemplate(aTemplate()), 'deliver-code').emailSender).toBe('otp@example.com');
    expect(configOf(named, 'deliver-code').emailSender).toBe('"The Shop" <otp@example.com>');
    expect(textOf(named.ofType('AWS::IAM::Policy'))).toContain('"ses:FromAddress":"otp@example.com"');
  });
});

describe('the sender’s identity', () => {
  test.each([
    ['address', ['otp@example.com']],
    ['domain', ['example.com']],
    ['existing', []],
  ])('%s is made from the parameter', (senderIdentity, made) => {
    const { ofType } = deployTemplate(aTemplate('own', { senderIdentity }));

    expect(ofType('AWS::SES::EmailIdentity').map(({ EmailIdentity }) => EmailIdentity)).toEqual(made);
  });

  test('existing may be the address or its domain', () => {
    const policies = textOf(
      deployTemplate(aTemplate('own', { senderIdentity: 'existing' })).ofType('AWS::IAM::Policy'),
    );

    expect(policies).toMatch(/identity\/otp@example\.com"/);
    expect(policies).toMatch(/identity\/example\.com"/);
  });
});

describe('a pre token generation function of one’s own', () => {
  const arn = 'arn:aws:lambda:eu-west-1:111122223333:function:token-claims';
  const deployed = (PreTokenFunctionArn: string) => deployTemplate(aTemplate(), { PreTokenFunctionArn });

  const policiesWith = (PreTokenFunctionArn: string) =>
    deployed(PreTokenFunctionArn)
      .ofType('AWS::IAM::Policy')
      .filter(({ PolicyName }) => PolicyName === 'CallPreTokenFunction');

  it('is called by guard-tokens, which may call it and no other', () => {
    expect(configOf(deployed(arn), 'guard-tokens').preTokenFunctionArn).toBe(arn);
    expect(policiesWith(arn)).toMatchObject([
      {
        PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: arn }] },
      },
    ]);
  });

  it('is permitted before guard-tokens is told of it', () => {
    expect(textOf(aTemplate().Resources)).toContain(
      '"PRE_TOKEN_FUNCTION_ARN":{"Fn::If":["HasPreTokenFunctionArn",' +
        '{"Fn::Select":[0,[{"Ref":"PreTokenFunctionArn"},{"Ref":"PreTokenPolicy"}]]},""]}',
    );
  });

  it('is not missed', () => {
    expect(configOf(deployed(''), 'guard-tokens').preTokenFunctionArn).toBeUndefined();
    expect(policiesWith('')).toEqual([]);
  });
});

test('the template with a pool makes what our own stack makes, under the same logical ids', () => {
  type Resources = Readonly<Record<string, { readonly Type: string; readonly Condition?: string }>>;
  const ids = (resources: Resources) =>
    Object.entries(resources)
      .filter(([, { Condition }]) => Condition === undefined)
      .map(([id, { Type }]) => `${id}: ${Type}`)
      .toSorted();

  expect(ids(aTemplate().Resources)).toEqual(ids(stackTemplate().toJSON().Resources));
});
