import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import { CodeKey } from '../../../../infra/data/code-key.ts';
import { KeyRotationRole } from '../../../../infra/roles/key-rotation-role.ts';
import { anApp } from '../../../support/infra/templates.ts';
import { isDenied } from './is-denied.ts';

const READ = 'secretsmanager:GetSecretValue';
const WRITE = ['secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'];

const synthesize = (): Template => {
  const stack = new Stack(anApp(), 'Keys');
  const codeKey = new CodeKey(stack, 'CodeKey');
  new KeyRotationRole(stack, 'KeyRotationRole', { codeKey });
  for (const name of ['Deliver', 'Verify', 'Other']) {
    const runtime = Runtime.NODEJS_24_X;
    const fn = new LambdaFunction(stack, name, { runtime, handler: 'x', code: Code.fromInline('x') });
    if (name !== 'Other') codeKey.grantRead(fn);
  }
  return Template.fromStack(stack);
};

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Principal: unknown;
  readonly Condition: {
    readonly ArnNotEquals: {
      readonly 'aws:PrincipalArn': readonly { readonly 'Fn::GetAtt': readonly [string, 'Arn'] }[];
    };
  };
}

describe('the keyring', () => {
  const template = synthesize();
  const [policy, ...otherPolicies] = Object.values(
    template.findResources('AWS::SecretsManager::ResourcePolicy'),
  );
  const statements: readonly Statement[] = policy?.Properties.ResourcePolicy.Statement;
  const exceptFor = ({ Condition }: Statement) =>
    Condition.ArnNotEquals['aws:PrincipalArn'].map(({ 'Fn::GetAtt': [id] }) =>
      id.replace(/(ServiceRole)?[0-9A-F]{8}$/, ''),
    );

  it('has one policy of its own, which only denies: it gives nobody anything', () => {
    expect(otherPolicies).toEqual([]);
    expect(statements.map(({ Effect }) => Effect)).toEqual(['Deny', 'Deny', 'Deny']);
    for (const { Principal } of statements) expect(Principal).toEqual({ AWS: '*' });
  });

  it('is read by the functions that were granted it and by the rotation, whatever others are allowed', () => {
    const denied = statements.find(({ Action }) => Action === READ);

    expect(denied && exceptFor(denied)).toEqual(['KeyRotationRole', 'Deliver', 'Verify']);
  });

  it('is read by CloudFormation, which changes no tag without that, and by no other service', () => {
    const [reading] = statements.filter(({ Action }) => Action === READ);
    const through = (service?: string) => ({
      'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/Deployer',
      ...(service && { 'aws:CalledViaLast': service }),
    });

    expect(isDenied(reading, through('cloudformation.amazonaws.com'))).toBe(false);
    for (const service of [undefined, 'athena.amazonaws.com', 'cloudformation.amazonaws.com.example']) {
      expect(isDenied(reading, through(service))).toBe(true);
    }
  });

  it('is written by the rotation alone, because whoever writes the keys knows them', () => {
    const denied = statements.find(({ Action }) => Array.isArray(Action));

    expect(denied?.Action).toEqual(WRITE);
    expect(denied && exceptFor(denied)).toEqual(['KeyRotationRole']);
  });

  it('is updated by CloudFormation alone, whose description it changes', () => {
    const updating = statements.find(({ Action }) => Action === 'secretsmanager:UpdateSecret');
    const rotation = { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/KeyRotationRole' };

    expect(isDenied(updating, rotation)).toBe(true);
    expect(isDenied(updating, { ...rotation, 'aws:CalledViaLast': 'cloudformation.amazonaws.com' })).toBe(
      false,
    );
  });

  it('leaves its owner the way to repair the policy, and the deployment the way to delete the secret', () => {
    const denied = statements.flatMap(({ Action }) => Action);

    for (const action of ['DeleteSecret', 'PutResourcePolicy', 'DeleteResourcePolicy']) {
      expect(denied).not.toContain(`secretsmanager:${action}`);
    }
    expect(denied.join()).not.toContain('*');
  });
});

describe('the rotation’s role', () => {
  const template = synthesize();
  const [roleId = ''] = Object.keys(template.findResources('AWS::IAM::Role')).filter((id) =>
    id.startsWith('KeyRotationRole'),
  );

  it('reads and writes the keyring, and nothing else', () => {
    const [secretId] = Object.keys(template.findResources('AWS::SecretsManager::Secret'));
    const policies = Object.values(template.findResources('AWS::IAM::Policy')).filter(({ Properties }) =>
      JSON.stringify(Properties.Roles).includes(roleId),
    );

    expect(policies.map(({ Properties }) => Properties.PolicyDocument.Statement)).toEqual([
      [{ Effect: 'Allow', Action: [READ, ...WRITE], Resource: { Ref: secretId } }],
    ]);
  });

  it('is taken by someone of this account, for an hour at most', () => {
    const { Properties } = template.toJSON().Resources[roleId];

    expect(Properties.MaxSessionDuration).toBe(3600);
    const [{ Principal }, ...others] = Properties.AssumeRolePolicyDocument.Statement;
    expect(others).toEqual([]);
    expect(JSON.stringify(Principal)).toContain('{"Ref":"AWS::AccountId"},":root"');
    expect(Properties).not.toHaveProperty('ManagedPolicyArns');
  });
});
