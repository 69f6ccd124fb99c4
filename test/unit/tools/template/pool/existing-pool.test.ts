import { describe, expect, it, test } from 'vitest';
import { aTemplate, deployTemplate } from '../a-deployment.ts';

const ARN = 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbCdEfGhI';

const deployed = (UserPoolArn: string, further: Readonly<Record<string, string>> = {}) =>
  deployTemplate(aTemplate('existing'), { UserPoolArn, ...further });

/** Those of EventBridge are the service's own. */
const permissionsOfCognito = (UserPoolArn: string) =>
  deployed(UserPoolArn)
    .ofType('AWS::Lambda::Permission')
    .filter(({ Principal }) => Principal === 'cognito-idp.amazonaws.com');

test('there is no user pool and no client', () => {
  expect(deployed(ARN).ofType('AWS::Cognito::UserPool')).toEqual([]);
  expect(deployed(ARN).ofType('AWS::Cognito::UserPoolClient')).toEqual([]);
});

test('the pool may call the four functions if it was given, and nobody else may', () => {
  expect(permissionsOfCognito(ARN).map(({ SourceArn, Action }) => [SourceArn, Action])).toEqual(
    Array(4).fill([ARN, 'lambda:InvokeFunction']),
  );
  expect(new Set(permissionsOfCognito(ARN).map(({ FunctionName }) => FunctionName)).size).toBe(4);
});

test('without the pool nobody is permitted anything, and the commands for it are in the outputs', () => {
  const { Permissions = '', DefineAuthChallengeArn } = deployed('').outputs;

  expect(permissionsOfCognito('')).toEqual([]);
  expect(Permissions.split('\n')).toHaveLength(4);
  expect(Permissions.split('\n')[0]).toBe(
    `aws lambda add-permission --function-name ${DefineAuthChallengeArn} --statement-id cognito ` +
      '--action lambda:InvokeFunction --principal cognito-idp.amazonaws.com --source-arn "$USER_POOL_ARN"',
  );
});

test('the outputs have the triggers, one by one and as the pool takes them', () => {
  const { outputs } = deployed('');

  expect(JSON.parse(outputs.LambdaConfig ?? '')).toEqual({
    DefineAuthChallenge: outputs.DefineAuthChallengeArn,
    CreateAuthChallenge: outputs.CreateAuthChallengeArn,
    VerifyAuthChallengeResponse: outputs.VerifyAuthChallengeArn,
    PreTokenGeneration: outputs.GuardTokensArn,
  });
});

test('the commands find the pool if it was given', () => {
  expect(deployed(ARN).outputs.UserPoolId).toBe('eu-west-1_AbCdEfGhI');
  expect(deployed('').outputs).not.toHaveProperty('UserPoolId');
});

test('the command finds what it needs to attach the pool, and a role that may change that pool alone', () => {
  const { outputs, ofType } = deployed(ARN);
  const [policy = expect.unreachable()] = ofType('AWS::IAM::Policy').filter((one) =>
    JSON.stringify(one).includes('UpdateUserPoolClient'),
  );

  expect(outputs).toMatchObject({
    PreTokenEventVersion: 'V1_0',
    ReportingClients: '{}',
    CodeLifetimeSeconds: '300',
    AttachedBy: 'command',
    AttachRoleArn: expect.stringMatching(/^AttachRole\w+\.Arn$/),
  });
  const { Statement } = policy.PolicyDocument as {
    readonly Statement: readonly { readonly Resource: unknown }[];
  };
  expect(Statement.map(({ Resource }) => Resource)).toEqual([ARN, expect.stringMatching(/^ChallengeTable/)]);
  expect(JSON.stringify(Statement)).toContain('POOL#eu-west-1_AbCdEfGhI');
});

test('the guard alone looks for clients that attaching found open', () => {
  const tracking = deployed('')
    .ofType('AWS::Lambda::Function')
    .filter(({ Environment }) => JSON.stringify(Environment).includes('"TRACKS_CLIENTS":"true"'))
    .map(({ Code }) => (Code as { readonly S3Key: string }).S3Key);

  expect(tracking).toEqual([expect.stringMatching(/^guard-tokens-/)]);
});

describe('what Cognito wants to be handed again', () => {
  const SmsRoleArn = 'arn:aws:iam::111122223333:role/texts';
  const CustomSenderKeyArn = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd';
  const SMS = {
    Effect: 'Allow',
    Action: 'iam:PassRole',
    Resource: SmsRoleArn,
    Condition: { StringEquals: { 'iam:PassedToService': 'cognito-idp.amazonaws.com' } },
  };
  const KEY = { Effect: 'Allow', Action: 'kms:CreateGrant', Resource: CustomSenderKeyArn };

  const ofAttachRole = ({ Roles }: Readonly<Record<string, unknown>>) =>
    /"AttachRole/.test(JSON.stringify(Roles));

  /** Of all policies of the role but its own. */
  const handed = (pool: string, given: Readonly<Record<string, string>>) =>
    deployed(pool, given)
      .ofType('AWS::IAM::Policy')
      .filter((policy) => ofAttachRole(policy) && String(policy.PolicyName).startsWith('Hand'))
      .flatMap(({ PolicyDocument }) => (PolicyDocument as { readonly Statement: unknown[] }).Statement);

  it.each([
    ['nothing', {}, []],
    ['the role of its text messages, to Cognito alone', { SmsRoleArn }, [SMS]],
    ['the key of its custom senders', { CustomSenderKeyArn }, [KEY]],
    ['both', { SmsRoleArn, CustomSenderKeyArn }, [SMS, KEY]],
  ])('may be %s, as the parameters say', (_, given, statements) => {
    expect(handed(ARN, given)).toEqual(statements);
  });

  it('is allowed to nobody else', () => {
    const all = JSON.stringify(deployed(ARN, { SmsRoleArn, CustomSenderKeyArn }).ofType('AWS::IAM::Policy'));

    expect(all.match(/iam:PassRole|kms:CreateGrant/g)).toHaveLength(2);
  });

  it('is nobody’s without the pool, as the role is not there', () => {
    expect(
      JSON.stringify(deployed('', { SmsRoleArn, CustomSenderKeyArn }).ofType('AWS::IAM::Policy')),
    ).not.toMatch(/iam:PassRole|kms:CreateGrant|AttachRole/);
  });
});

test('without the pool there is no such role', () => {
  const { outputs, ofType } = deployed('');

  expect(outputs).not.toHaveProperty('AttachRoleArn');
  expect(JSON.stringify([...ofType('AWS::IAM::Policy'), ...ofType('AWS::IAM::Role')])).not.toContain(
    'Attach',
  );
});
