import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { describe, expect, it } from 'vitest';
import { ChallengeTable } from '../../../../infra/data/challenge-table.ts';
import { UnlockRole } from '../../../../infra/roles/unlock-role.ts';
import { readSettings } from '../../../../infra/settings/settings.ts';
import { anApp } from '../../../support/infra/templates.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

const synthesize = (withKey = false): Template => {
  const stack = new Stack(anApp(), 'Unlock');
  const settings = readSettings({ emailSender: 'otp@example.com' });
  const key = withKey ? Key.fromKeyArn(stack, 'Key', KEY_ARN) : undefined;
  new UnlockRole(stack, 'UnlockRole', { table: new ChallengeTable(stack, 'Table', { ...settings, key }) });
  return Template.fromStack(stack);
};

const statementsOf = (template: Template): readonly Statement[] => {
  const [policy, ...others] = Object.values(template.findResources('AWS::IAM::Policy'));
  expect(others).toEqual([]);
  return policy?.Properties.PolicyDocument.Statement;
};

const statements = statementsOf(synthesize());

describe('whoever unlocks users', () => {
  it('may read a user’s items and update them, in the table alone', () => {
    const [tableId] = Object.keys(synthesize().findResources('AWS::DynamoDB::GlobalTable'));

    expect(statements.flatMap(({ Action }) => Action).toSorted()).toEqual([
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ]);
    for (const { Effect, Resource } of statements) {
      expect({ Effect, Resource }).toEqual({
        Effect: 'Allow',
        Resource: { 'Fn::GetAtt': [tableId, 'Arn'] },
      });
    }
  });

  it('may write nothing that would pass a challenge off as verified, and no record of a client', () => {
    const update = statements.find(({ Action }) => [Action].flat().includes('dynamodb:UpdateItem'));

    expect(update?.Action).toBe('dynamodb:UpdateItem');
    expect(update?.Condition).toEqual({
      'ForAllValues:StringLike': {
        'dynamodb:Attributes': [
          ...['pk', 'sk', 'version', 'failedRounds', 'lastFailureAt', 'blockedUntil', 'orders', 'sends'],
          'events',
        ],
        'dynamodb:LeadingKeys': ['USER#*'],
      },
    });
  });

  it('may use the key of the table, where it has one', () => {
    const ofKey = statementsOf(synthesize(true)).filter(({ Resource }) => Resource === KEY_ARN);

    expect(ofKey.flatMap(({ Action }) => Action)).toContain('kms:Decrypt');
  });

  it('is someone of this account, for an hour', () => {
    const [{ Properties } = {}] = Object.values(synthesize().findResources('AWS::IAM::Role'));

    expect(Properties.MaxSessionDuration).toBe(3600);
    const [{ Principal }, ...others] = Properties.AssumeRolePolicyDocument.Statement;
    expect(others).toEqual([]);
    expect(JSON.stringify(Principal)).toContain('{"Ref":"AWS::AccountId"},":root"');
  });
});
