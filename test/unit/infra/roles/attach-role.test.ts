import { Duration } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { describe, expect, it } from 'vitest';
import { allowedTo, anExistingApp, found, POOL_ARN, POOL_ID } from '../existing-app.ts';

const TABLE = { 'Fn::GetAtt': [expect.stringMatching(/^EmailOtpChallengeTable/), 'Arn'] };

describe('the role of the commands attach and detach', () => {
  it('may read and write one pool and its clients, sign its users out, and keep the records of its clients', () => {
    const { stack } = anExistingApp();

    expect(allowedTo(stack, 'AttachRole')).toEqual([
      {
        Effect: 'Allow',
        Action: [
          'cognito-idp:DescribeUserPool',
          'cognito-idp:GetUserPoolMfaConfig',
          'cognito-idp:ListUserPoolClients',
          'cognito-idp:DescribeUserPoolClient',
          'cognito-idp:UpdateUserPool',
          'cognito-idp:UpdateUserPoolClient',
          'cognito-idp:ListUsers',
          'cognito-idp:AdminUserGlobalSignOut',
        ],
        Resource: POOL_ARN,
      },
      {
        Effect: 'Allow',
        Action: ['dynamodb:UpdateItem', 'dynamodb:Query'],
        Resource: TABLE,
        Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [`POOL#${POOL_ID}`] } },
      },
    ]);
  });

  it('may hand on to Cognito what the app names', () => {
    const smsRoleArn = 'arn:aws:iam::111122223333:role/texts';
    const customSenderKeyArn = 'arn:aws:kms:eu-west-1:111122223333:key/1234';
    const { stack } = anExistingApp({
      existingPool: { attachBy: 'command', smsRoleArn, customSenderKeyArn },
    });

    expect(allowedTo(stack, 'AttachRole').slice(1, 3)).toMatchObject([
      {
        Action: 'iam:PassRole',
        Resource: smsRoleArn,
        Condition: { StringEquals: { 'iam:PassedToService': 'cognito-idp.amazonaws.com' } },
      },
      { Action: 'kms:CreateGrant', Resource: customSenderKeyArn },
    ]);
  });

  it('may use the key of the table, if it has one', () => {
    const { stack } = anExistingApp();
    expect(JSON.stringify(allowedTo(stack, 'AttachRole'))).not.toContain('kms:');

    const app = anExistingApp();
    const encryptionKey = Key.fromKeyArn(app.stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1234');
    const { stack: encrypted } = anExistingApp({ encryptionKey });
    expect(JSON.stringify(allowedTo(encrypted, 'AttachRole'))).toContain('kms:Decrypt');
  });

  it('is assumed for an hour at most, by whom the account allows it', () => {
    const { stack } = anExistingApp();
    const [[, { Properties }] = expect.unreachable()] = found(stack, 'AWS::IAM::Role', 'EmailOtpAttachRole');

    expect(Properties.MaxSessionDuration).toBe(Duration.hours(1).toSeconds());
    expect(JSON.stringify(Properties.AssumeRolePolicyDocument)).toContain('{"Ref":"AWS::AccountId"},":root"');
    expect(Properties).not.toHaveProperty('ManagedPolicyArns');
  });
});
