import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../../../../../local/ground/service.ts';
import { createMemoryCognito } from '../../../../../../../support/pools/memory-cognito.ts';
import { awsError } from '../../../fixture.ts';

const ARN = 'arn:aws:lambda:eu-central-1:123456789012:function:one';

const start = async (creation: JsonObject = {}) => {
  const cognito = createMemoryCognito();
  const UserPoolId = await cognito.createPool(creation);
  const update = (input: JsonObject) => cognito.call('UpdateUserPool', { ...input, UserPoolId });
  const pool = async () => (await cognito.call('DescribeUserPool', { UserPoolId })).UserPool as JsonObject;
  return { ...cognito, UserPoolId, update, pool };
};

/** Everything that an update may lose, and what cannot be lost. */
const FULL = {
  PoolName: 'shop',
  Policies: { PasswordPolicy: { MinimumLength: 12, RequireSymbols: true, TemporaryPasswordValidityDays: 3 } },
  DeletionProtection: 'ACTIVE',
  LambdaConfig: { PreSignUp: ARN, UserMigration: ARN },
  AutoVerifiedAttributes: ['email'],
  SmsAuthenticationMessage: 'Your code is {####}',
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
  MfaConfiguration: 'OPTIONAL',
  DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
  EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', From: 'shop@example.com' },
  SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' },
  UserPoolTags: { stage: 'test' },
  AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
  UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'admin_only' }] },
  UserPoolTier: 'PLUS',
};
const LASTING = {
  UsernameAttributes: ['email'],
  UsernameConfiguration: { CaseSensitive: false },
  Schema: [{ Name: 'plan', AttributeDataType: 'String', Mutable: true }],
};

describe('UpdateUserPool', () => {
  test('sets everything that it leaves out to AWS’s default', async () => {
    const { update, pool } = await start({ ...FULL, ...LASTING });
    const untouched = await start(LASTING);

    await update({});

    const comparable = ({ Id, Arn, Name, CreationDate, LastModifiedDate, ...others }: JsonObject) => others;
    expect(comparable(await pool())).toEqual(comparable(await untouched.pool()));
  });

  test('keeps the name, and what only a creation can set', async () => {
    const { update, pool } = await start({ ...FULL, ...LASTING });

    await update({});

    const { SchemaAttributes, ...others } = await pool();
    expect(others).toMatchObject({
      Name: 'shop',
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
    });
    expect(SchemaAttributes).toContainEqual(expect.objectContaining({ Name: 'custom:plan' }));
    await update({ PoolName: 'store', AliasAttributes: ['email'] });
    expect(await pool()).toMatchObject({ Name: 'store' });
    expect(await pool()).not.toHaveProperty('AliasAttributes');
  });

  test('keeps everything that it is given', async () => {
    const { update, pool } = await start(FULL);

    await update(FULL);

    const { PoolName, ...described } = FULL;
    expect(await pool()).toMatchObject({ ...described, Name: PoolName });
  });

  test('keeps dynamic client registration if it says nothing of it', async () => {
    const { update, pool } = await start({ DcrConfiguration: { EnableStatus: 'Enabled' } });

    await update({});

    expect(await pool()).toMatchObject({ DcrConfiguration: { EnableStatus: 'Enabled' } });
  });

  test('does not know other pools', async () => {
    const { call } = createMemoryCognito();

    await expect(call('UpdateUserPool', { UserPoolId: 'eu-central-1_Nowhere' })).rejects.toMatchObject(
      awsError('ResourceNotFoundException', 'User pool eu-central-1_Nowhere does not exist.'),
    );
  });
});

describe('what has two names is shown by both:', () => {
  test.each<[JsonObject, string]>([
    [{ PreTokenGeneration: ARN }, 'V1_0'],
    [{ PreTokenGenerationConfig: { LambdaArn: ARN, LambdaVersion: 'V2_0' } }, 'V2_0'],
  ])('the pre token generation trigger of %j', async (LambdaConfig, LambdaVersion) => {
    const { call, update, pool } = await start();
    const both = {
      PreTokenGeneration: ARN,
      PreTokenGenerationConfig: { LambdaVersion, LambdaArn: ARN },
    };

    await update({ LambdaConfig });

    expect(await pool()).toMatchObject({ LambdaConfig: both });
    const { UserPools } = await call('ListUserPools', { MaxResults: 1 });
    expect(UserPools).toMatchObject([{ LambdaConfig: both }]);
  });

  test.each<[JsonObject, number]>([
    [{}, 7],
    [{ AdminCreateUserConfig: { UnusedAccountValidityDays: 3 } }, 3],
    [{ Policies: { PasswordPolicy: { MinimumLength: 8, TemporaryPasswordValidityDays: 4 } } }, 4],
  ])('the validity of temporary passwords in %j', async (update, days) => {
    const { pool, ...others } = await start();

    await others.update(update);

    expect(await pool()).toMatchObject({
      AdminCreateUserConfig: { UnusedAccountValidityDays: days },
      Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: days } },
    });
  });

  test.each<[string, JsonObject]>([
    ['by the older name', { EmailVerificationSubject: 'Hello' }],
    ['by the template', { VerificationMessageTemplate: { EmailSubject: 'Hello' } }],
    [
      'by both, of which the template counts',
      { EmailVerificationSubject: 'Older', VerificationMessageTemplate: { EmailSubject: 'Hello' } },
    ],
  ])('the text of a mail that is set %s', async (_, update) => {
    const { pool, ...others } = await start();

    await others.update(update);

    expect(await pool()).toMatchObject({
      EmailVerificationSubject: 'Hello',
      VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE', EmailSubject: 'Hello' },
    });
    expect(await pool()).not.toHaveProperty('EmailVerificationMessage');
  });
});

test('what is described cannot be written back as it is', async () => {
  const { update, pool } = await start();

  await expect(update(await pool())).rejects.toMatchObject(
    awsError('InvalidParameterException', /^Please use TemporaryPasswordValidityDays/),
  );
});
