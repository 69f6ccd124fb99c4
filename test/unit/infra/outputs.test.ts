import { NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountRecovery, UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { EmailOtp, type EmailOtpProps } from '../../../infra/email-otp.ts';
import { anApp, stackTemplate } from '../../support/infra/templates.ts';

/** An `EmailOtp` with a pool of its own beside it. */
const addOtp = (scope: Construct, id: string, props: Partial<EmailOtpProps> = {}): EmailOtp => {
  const userPool = new UserPool(scope, `${id}Pool`, { accountRecovery: AccountRecovery.NONE });
  userPool.addClient('Web', { authFlows: { custom: true }, disableOAuth: true });
  const emailSender = 'otp@example.com';
  return new EmailOtp(scope, id, { userPool, emailSender, senderIdentity: 'existing', ...props });
};

const outputsOf = (stack: Stack) => Template.fromStack(stack).findOutputs('*');
const namesOf = (stack: Stack): readonly string[] => Object.keys(outputsOf(stack)).toSorted();

/** Without the client, which is the stack's. */
const OWN = Object.keys(stackTemplate({ senderIdentity: 'existing' }).findOutputs('*'))
  .filter((name) => name !== 'UserPoolClientId')
  .toSorted();

describe('the outputs of a construct in an app of somebody else', () => {
  it('are those of our own stack, behind the construct’s id', () => {
    const stack = new Stack(anApp(), 'Shop');
    addOtp(stack, 'EmailOtp');

    expect(OWN).toContain('TableName');
    expect(namesOf(stack)).toEqual(OWN.map((name) => `EmailOtp${name}`));
  });

  it('say what they say in our own stack', () => {
    const stack = new Stack(anApp(), 'Shop');
    const otp = addOtp(stack, 'EmailOtp', { lockThreshold: 30 });
    const outputs = outputsOf(stack);

    expect(outputs.EmailOtpTableName?.Value).toEqual(stack.resolve(otp.table.tableName));
    expect(outputs.EmailOtpUnlockRoleArn?.Value).toEqual(stack.resolve(otp.unlockRole.roleArn));
    expect(JSON.parse(outputs.EmailOtpGuardLimits?.Value)).toMatchObject({
      lockThreshold: 30,
      lockSeconds: 900,
    });
    expect(outputs.EmailOtpDashboardUrl?.Value).toEqual({
      'Fn::Join': [
        '',
        expect.arrayContaining([
          { 'Fn::If': [expect.stringMatching(/^Partition/), expect.anything(), expect.anything()] },
        ]),
      ],
    });
  });

  it('are there for two constructs of a stack, with the conditions once', () => {
    const stack = new Stack(anApp(), 'Shop');
    addOtp(stack, 'StaffOtp');
    addOtp(stack, 'ShopOtp', { auditArchive: true });
    const { Conditions } = Template.fromStack(stack).toJSON();

    expect(namesOf(stack)).toEqual(
      [
        ...OWN.map((name) => `StaffOtp${name}`),
        ...OWN.map((name) => `ShopOtp${name}`),
        'ShopOtpAuditArchiveBucketName',
      ].toSorted(),
    );
    expect(Object.keys(Conditions).filter((id) => id.includes('Partition'))).toHaveLength(3);
  });

  it('are the DNS records of its domain, too', () => {
    const stack = new Stack(anApp(), 'Shop');
    addOtp(stack, 'EmailOtp', { senderIdentity: 'domain' });

    expect(namesOf(stack)).toContain('EmailOtpDkimRecord3');
  });

  it('are in the nested stack that it is in', () => {
    const stack = new Stack(anApp(), 'Shop');
    const nested = new NestedStack(stack, 'Auth');
    addOtp(nested, 'EmailOtp');

    expect(namesOf(nested)).toEqual(OWN.map((name) => `EmailOtp${name}`));
    expect(namesOf(stack)).toEqual([]);
  });
});
