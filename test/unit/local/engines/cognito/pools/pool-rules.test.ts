import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../../../local/ground/service.ts';
import { createMemoryCognito } from '../../../../../support/pools/memory-cognito.ts';
import { awsError } from '../fixture.ts';

const ARN = 'arn:aws:lambda:eu-central-1:123456789012:function:one';
const OTHER = 'arn:aws:lambda:eu-central-1:123456789012:function:other';
const preToken = (LambdaVersion: string, LambdaArn = ARN) => ({ LambdaVersion, LambdaArn });
const recovery = (...names: readonly string[]) => ({
  AccountRecoverySetting: { RecoveryMechanisms: names.map((Name, index) => ({ Name, Priority: index + 1 })) },
});
const factors = (...AllowedFirstAuthFactors: readonly string[]) => ({
  Policies: { SignInPolicy: { AllowedFirstAuthFactors } },
});

const INVALID = 'InvalidParameterException';
const TIER = 'FeatureUnavailableInTierException';

const REFUSED: readonly [string, JsonObject, string, RegExp][] = [
  [
    'both names of the validity of temporary passwords',
    {
      AdminCreateUserConfig: { UnusedAccountValidityDays: 7 },
      Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 7 } },
    },
    INVALID,
    /^Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays$/,
  ],
  [
    'two pre token functions',
    { LambdaConfig: { PreTokenGeneration: OTHER, PreTokenGenerationConfig: preToken('V1_0') } },
    INVALID,
    /must be identical/,
  ],
  ['a tag of AWS’s own', { UserPoolTags: { 'aws:stack': 'x' } }, 'UserPoolTaggingException', /aws:/],
  [
    'a tag of AWS’s own, in capitals',
    { UserPoolTags: { 'AWS:stack': 'x' } },
    'UserPoolTaggingException',
    /aws:/,
  ],
  [
    'a new address that is verified before, in a pool that verifies none',
    {
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      AutoVerifiedAttributes: ['phone_number'],
    },
    INVALID,
    /email must be in AutoVerifiedAttributes/,
  ],
  [
    'two texts of one mail',
    { VerificationMessageTemplate: { EmailMessage: '{####}', EmailMessageByLink: '{##here##}' } },
    INVALID,
    /EmailMessage and EmailMessageByLink/,
  ],
  ['first factors without the password', factors('EMAIL_OTP'), INVALID, /PASSWORD/],
  [
    'recovery by the administrator only, and by mail',
    recovery('admin_only', 'verified_email'),
    INVALID,
    /admin_only/,
  ],
  [
    'a later token event in the plan Lite',
    { UserPoolTier: 'LITE', LambdaConfig: { PreTokenGenerationConfig: preToken('V2_0') } },
    TIER,
    /V2_0/,
  ],
  [
    'other first factors in the plan Lite',
    { UserPoolTier: 'LITE', ...factors('PASSWORD', 'EMAIL_OTP') },
    TIER,
    /./,
  ],
  ['an MFA without a factor', { MfaConfiguration: 'ON' }, INVALID, /MFA/],
  ['another value', { MfaConfiguration: 'MAYBE' }, INVALID, /'mfaConfiguration' .* \[OFF, ON, OPTIONAL\]/],
];

describe('is refused, and nothing is written:', () => {
  test.each(REFUSED)('%s', async (_, properties, code, message) => {
    const { call, createPool } = createMemoryCognito();
    const UserPoolId = await createPool({ UserPoolTags: { stage: 'test' } });
    const before = await call('DescribeUserPool', { UserPoolId });

    const request = { PoolName: 'other', ...properties };
    await expect(call('UpdateUserPool', { ...request, UserPoolId })).rejects.toMatchObject(
      awsError(code, message),
    );
    await expect(call('CreateUserPool', request)).rejects.toMatchObject({ code });
    expect(await call('DescribeUserPool', { UserPoolId })).toEqual(before);
  });
});

test.each<[string, JsonObject]>([
  [
    'the same function by both names',
    { LambdaConfig: { PreTokenGeneration: ARN, PreTokenGenerationConfig: preToken('V3_0') } },
  ],
  [
    'the first token event in the plan Lite',
    { UserPoolTier: 'LITE', LambdaConfig: { PreTokenGenerationConfig: preToken('V1_0') } },
  ],
  ['recovery by the administrator only', recovery('admin_only')],
  ['first factors with the password', factors('PASSWORD', 'WEB_AUTHN')],
  ['the password alone in the plan Lite', { UserPoolTier: 'LITE', ...factors('PASSWORD') }],
  [
    'a new address that is verified before',
    {
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      AutoVerifiedAttributes: ['email'],
    },
  ],
])('is taken: %s', async (_, properties) => {
  const { call, createPool } = createMemoryCognito();
  const UserPoolId = await createPool();

  expect(await call('UpdateUserPool', { ...properties, UserPoolId })).toEqual({});
  expect((await call('DescribeUserPool', { UserPoolId })).UserPool).toMatchObject(properties);
});
