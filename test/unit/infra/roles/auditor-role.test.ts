import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { AuditArchive } from '../../../../infra/data/audit-archive.ts';
import { ChallengeTable } from '../../../../infra/data/challenge-table.ts';
import { CodeKey } from '../../../../infra/data/code-key.ts';
import { AuditorRole } from '../../../../infra/roles/auditor-role.ts';
import { readSettings } from '../../../../infra/settings/settings.ts';
import { anApp } from '../../../support/infra/templates.ts';

const synthesize = (auditArchive: boolean): Template => {
  const settings = readSettings({ emailSender: 'otp@example.com', auditArchive });
  const stack = new Stack(anApp(), 'Audit');
  const table = new ChallengeTable(stack, 'ChallengeTable', settings);
  const codeKey = new CodeKey(stack, 'CodeKey');
  const archive = auditArchive ? new AuditArchive(stack, 'AuditArchive', { table, settings }) : undefined;
  new AuditorRole(stack, 'AuditorRole', { table, codeKey, archive });
  return Template.fromStack(stack);
};

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

const statementsOf = (template: Template): readonly Statement[] => {
  const [policy, ...others] = Object.values(template.findResources('AWS::IAM::Policy'));
  expect(others).toEqual([]);
  return policy?.Properties.PolicyDocument.Statement;
};

const allowed = (template: Template) =>
  statementsOf(template).flatMap(({ Effect, Action }) => (Effect === 'Allow' ? Action : []));

const TRAIL = ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan', 'cloudformation:DescribeStacks'];
const ARCHIVE = [
  's3:ListBucket',
  's3:ListBucketVersions',
  's3:GetObject',
  's3:GetObjectRetention',
  's3:GetObjectVersion',
];

describe.each([
  [false, TRAIL],
  [true, [...TRAIL, ...ARCHIVE]],
])('with auditArchive=%s an auditor', (auditArchive, actions) => {
  const template = synthesize(auditArchive);
  const [roleId] = Object.keys(template.findResources('AWS::IAM::Role')).filter((id) =>
    id.startsWith('AuditorRole'),
  );

  it('may read, and nothing else', () => {
    expect(allowed(template).toSorted()).toEqual(actions.toSorted());
  });

  it('is denied whatever there is to do with the key', () => {
    const [keyring] = Object.keys(template.findResources('AWS::SecretsManager::Secret'));

    expect(statementsOf(template).filter(({ Effect }) => Effect === 'Deny')).toEqual([
      { Effect: 'Deny', Action: 'secretsmanager:*', Resource: { Ref: keyring } },
    ]);
  });

  it('has no policies besides', () => {
    const { Properties } = template.toJSON().Resources[roleId ?? ''];

    expect(Properties).not.toHaveProperty('Policies');
    expect(Properties).not.toHaveProperty('ManagedPolicyArns');
  });

  it('is someone of this account, for an hour', () => {
    const { Properties } = template.toJSON().Resources[roleId ?? ''];

    expect(Properties.MaxSessionDuration).toBe(3600);
    const [{ Principal }, ...others] = Properties.AssumeRolePolicyDocument.Statement;
    expect(others).toEqual([]);
    expect(JSON.stringify(Principal)).toContain('{"Ref":"AWS::AccountId"},":root"');
  });
});

describe('an auditor', () => {
  const resourceOf = (action: string) =>
    statementsOf(synthesize(true)).find(({ Action }) => [Action].flat().includes(action))?.Resource;

  it('reads the table and its one index', () => {
    const resources = JSON.stringify(resourceOf('dynamodb:Query'));

    expect(resources).toMatch(/^\[\{"Fn::GetAtt":\["ChallengeTable\w+","Arn"\]\},.*"\/index\/open"\]\]\}\]$/);
  });

  it('sees the outputs of this stack, which is asked for by name', () => {
    const resource = JSON.stringify(resourceOf('cloudformation:DescribeStacks'));

    expect(resource).toMatch(/":stack\/Audit\/\*"\]\]\}$/);
  });

  it('reads every object of the archive’s bucket and of no other', () => {
    const resource = JSON.stringify(resourceOf('s3:GetObject'));

    expect(resource).toMatch(
      /^\{"Fn::Join":\["",\[\{"Fn::GetAtt":\["AuditArchiveBucket\w+","Arn"\]\},"\/\*"\]\]\}$/,
    );
  });
});
