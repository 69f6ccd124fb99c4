import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { poolsOf } from '../../../../../../local/engines/cognito/pool.ts';
import { loadTemplate } from '../../../../../../local/ground/template.ts';

const load = (resources: object) => {
  const folder = mkdtempSync(join(tmpdir(), 'groups-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'App.template.json'), JSON.stringify({ Resources: resources }));
  return loadTemplate(folder, 'App', 'http://127.0.0.1:4566');
};

const UserPoolId = { Ref: 'Pool' };
const Pool = { Type: 'AWS::Cognito::UserPool', Properties: {} };
const group = (Properties: object) => ({ Type: 'AWS::Cognito::UserPoolGroup', Properties });
const attachment = (GroupName: unknown, Username: unknown) => ({
  Type: 'AWS::Cognito::UserPoolUserToGroupAttachment',
  Properties: { UserPoolId, GroupName, Username },
});

test('a pool has the groups of the template, with their roles and users', () => {
  const template = load({
    Pool,
    OtherPool: Pool,
    Role: { Type: 'AWS::IAM::Role', Properties: {} },
    Staff: group({
      UserPoolId,
      GroupName: 'staff',
      Precedence: 3,
      RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
      Description: 'All who work here',
    }),
    Guests1A2B3C4D: group({ UserPoolId }),
    Foreign: group({ UserPoolId: { Ref: 'OtherPool' }, GroupName: 'foreign' }),
    First: attachment({ Ref: 'Staff' }, 'first@example.com'),
    Second: attachment('staff', { Ref: 'Someone' }),
    Someone: {
      Type: 'AWS::Cognito::UserPoolUser',
      Properties: { UserPoolId, Username: 'second@example.com' },
    },
  });

  const [pool] = poolsOf(template);

  expect(pool?.groups).toEqual([
    {
      name: 'staff',
      settings: {
        description: 'All who work here',
        precedence: 3,
        roleArn: 'arn:aws:iam::000000000000:role/Role',
      },
      members: ['first@example.com', 'second@example.com'],
    },
    { name: 'Guests', settings: {}, members: [] },
  ]);
});

test('a name may have to be resolved first', () => {
  const GroupName = { 'Fn::Join': ['-', [{ Ref: 'AWS::StackName' }, 'staff']] };

  const [pool] = poolsOf(load({ Pool, Staff: group({ UserPoolId, GroupName }) }));

  expect(pool?.groups).toMatchObject([{ name: 'App-staff' }]);
});
