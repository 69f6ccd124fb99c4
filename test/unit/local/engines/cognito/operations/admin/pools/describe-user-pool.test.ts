import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../../../../../local/ground/service.ts';
import { addUser, createFixture, POOL_ARN, POOL_ID } from '../../../fixture.ts';

const describePool = async (pool: JsonObject = {}, users = 0) => {
  const fixture = createFixture({ pool });
  for (let user = 0; user < users; user += 1) await addUser(fixture, 'permanent', `user-${user}@example.com`);
  const { UserPool } = await fixture.call('DescribeUserPool', { UserPoolId: POOL_ID });
  return UserPool as JsonObject & { readonly SchemaAttributes: readonly JsonObject[] };
};

describe('DescribeUserPool', () => {
  test('shows the pool of the template, and how many users it has', async () => {
    const pool = await describePool({ UserPoolName: 'shop', UserPoolTags: { stage: 'test' } }, 2);

    expect(pool).toMatchObject({
      Id: POOL_ID,
      Name: 'shop',
      Arn: POOL_ARN,
      EstimatedNumberOfUsers: 2,
      UsernameAttributes: ['email'],
      UserPoolTags: { stage: 'test' },
      LambdaConfig: { DefineAuthChallenge: 'DefineAuthChallenge' },
    });
  });

  test("has AWS's defaults where the template is silent", async () => {
    expect(await describePool()).toMatchObject({
      Name: POOL_ID,
      MfaConfiguration: 'OFF',
      DeletionProtection: 'INACTIVE',
      UserPoolTier: 'ESSENTIALS',
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
      Policies: {
        PasswordPolicy: { MinimumLength: 8, RequireNumbers: true, RequireSymbols: false },
        SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
      },
    });
  });

  test("has the standard attributes and the template's own", async () => {
    const { SchemaAttributes } = await describePool({
      Schema: [
        { Name: 'email', Required: true, Mutable: true },
        { Name: 'seats', AttributeDataType: 'Number', Mutable: false },
      ],
    });
    const attribute = (name: string) => SchemaAttributes.find(({ Name }) => Name === name);

    expect(attribute('email')).toMatchObject({ Required: true, Mutable: true, AttributeDataType: 'String' });
    expect(attribute('sub')).toMatchObject({ Required: true, Mutable: false });
    expect(attribute('email_verified')).toMatchObject({ AttributeDataType: 'Boolean', Required: false });
    expect(attribute('custom:seats')).toMatchObject({ AttributeDataType: 'Number', Mutable: false });
    expect(attribute('seats')).toBeUndefined();
  });

  test('knows no other pool', async () => {
    const request = { UserPoolId: 'eu-central-1_Other' };

    await expect(createFixture().call('DescribeUserPool', request)).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });
});

test('ListUserPools names the pools of the template', async () => {
  const { call } = createFixture({ pool: { UserPoolName: 'shop' } });

  const { UserPools, NextToken } = await call('ListUserPools', { MaxResults: 60 });

  expect(UserPools).toEqual([expect.objectContaining({ Id: POOL_ID, Name: 'shop' })]);
  expect(NextToken).toBeUndefined();
  await expect(call('ListUserPools', {})).rejects.toMatchObject({ code: 'InvalidParameterException' });
});
