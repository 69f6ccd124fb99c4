/** DescribeUserPool: the pool as it stands, with AWS's defaults. The domain is left out. */
import type { JsonObject, Operation } from '../../../../../ground/service.ts';
import { readInput, userPoolId } from '../../../input.ts';
import type { UserPool } from '../../../pool.ts';
import { withUnknown } from '../../../pools/unknown-properties.ts';
import { record } from '../../../properties.ts';
import type { Directory } from '../../../users/directory.ts';
import type { Users } from '../../../users/users.ts';
import { describedMessages } from './described-messages.ts';
import { schemaAttributes } from './schema-attributes.ts';

/** What the API and CloudFormation call by the same name. */
const SHARED =
  `AccountRecoverySetting AcrConfiguration AliasAttributes AutoVerifiedAttributes DcrConfiguration DeviceConfiguration
  IssuerConfiguration KeyConfiguration SmsAuthenticationMessage SmsConfiguration UserAttributeUpdateSettings
  UserPoolAddOns UsernameAttributes UsernameConfiguration`.split(/\s+/);

const passwordPolicy = ({ passwordPolicy: policy, properties }: UserPool): JsonObject => ({
  ...record(record(properties.Policies).PasswordPolicy),
  MinimumLength: policy.minimumLength,
  RequireUppercase: policy.uppercase,
  RequireLowercase: policy.lowercase,
  RequireNumbers: policy.numbers,
  RequireSymbols: policy.symbols,
  // It is not shown where it is not enforced (PasswordPolicyType).
  PasswordHistorySize: policy.historySize || undefined,
  TemporaryPasswordValidityDays: policy.temporaryPasswordMs / 86_400_000,
});

export const nameOfPool = ({ id, properties }: UserPool): string => String(properties.UserPoolName ?? id);

/** Whichever of its two names the pre token generation trigger was set by, the API shows both. */
export const triggersOf = ({ properties }: UserPool): JsonObject => {
  const config = record(properties.LambdaConfig);
  const given = record(config.PreTokenGenerationConfig);
  const arn = given.LambdaArn ?? config.PreTokenGeneration;
  if (arn === undefined) return config;
  return {
    ...config,
    PreTokenGeneration: arn,
    PreTokenGenerationConfig: { LambdaVersion: given.LambdaVersion ?? 'V1_0', LambdaArn: arn },
  };
};

const policies = (pool: UserPool): JsonObject => ({
  SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
  ...record(pool.properties.Policies),
  PasswordPolicy: passwordPolicy(pool),
});

export const describePool = (pool: UserPool, users: number): JsonObject => {
  const { id, properties } = pool;
  const described = {
    ...Object.fromEntries(SHARED.map((name) => [name, properties[name]])),
    ...describedMessages(properties),
    Id: id,
    Name: nameOfPool(pool),
    Arn: pool.arn,
    CreationDate: pool.createdAt / 1000,
    LastModifiedDate: pool.modifiedAt / 1000,
    LambdaConfig: triggersOf(pool),
    Policies: policies(pool),
    DeletionProtection: properties.DeletionProtection ?? 'INACTIVE',
    MfaConfiguration: properties.MfaConfiguration ?? 'OFF',
    EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT', ...record(properties.EmailConfiguration) },
    UserPoolTags: { ...record(properties.UserPoolTags), ...pool.systemTags },
    AdminCreateUserConfig: {
      AllowAdminCreateUserOnly: false,
      ...record(properties.AdminCreateUserConfig),
      // The older name of the same number.
      UnusedAccountValidityDays: pool.passwordPolicy.temporaryPasswordMs / 86_400_000,
    },
    UserPoolTier: properties.UserPoolTier ?? 'ESSENTIALS',
    SchemaAttributes: schemaAttributes(pool),
    EstimatedNumberOfUsers: users,
  };
  return withUnknown(described, pool.unknown);
};

export const createDescribeUserPool =
  (directory: Directory, users: Users): Operation =>
  (input) => {
    const { UserPoolId } = readInput(input, { UserPoolId: userPoolId });
    const pool = directory.pool(UserPoolId);
    return { UserPool: describePool(pool, users.all(pool).length) };
  };
