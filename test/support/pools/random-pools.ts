/** User pools and clients of all kinds, as requests that create them. */
import fc from 'fast-check';
import type { Json } from '../../../shared/pool/json.ts';
import { PLACES } from '../../../shared/pool/places.ts';
import { MEMORY_ACCOUNT, MEMORY_REGION } from './memory-cognito.ts';

export const functionArn = (name: string): string =>
  `arn:aws:lambda:${MEMORY_REGION}:${MEMORY_ACCOUNT}:function:${name}`;

export const OURS = Object.fromEntries(PLACES.map((place) => [place, functionArn(`otp-${place}`)])) as Record<
  (typeof PLACES)[number],
  string
>;

export interface RandomPool {
  /** CreateUserPool. */
  readonly creation: Json;
  /** SetUserPoolMfaConfig, if there is any. */
  readonly factors: Json | undefined;
  readonly systemTags: Readonly<Record<string, string>>;
  /** CreateUserPoolClient. */
  readonly clients: readonly Json[];
}

const any = <Value>(values: readonly Value[]) => fc.constantFrom(...values);
const some = <Value>(values: readonly Value[], minLength = 0) => fc.subarray([...values], { minLength });
/** Each field may be missing. */
const maybe = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Json> =>
  fc.record(fields, { requiredKeys: [] });
const word = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 12 }).map((text) => `${text}.`);
const other = any(['one', 'two', 'three'].map(functionArn));
/** A place may have ours already, such as after half an attach. */
const inPlace = (place: (typeof PLACES)[number]) => fc.oneof(other, fc.constant(OURS[place]));
const TIERS = ['ESSENTIALS', 'PLUS', 'LITE'] as const;
type Tier = (typeof TIERS)[number];

const preToken = (tier: Tier): fc.Arbitrary<Json> => {
  const versions = tier === 'LITE' ? ['V1_0'] : ['V1_0', 'V2_0', 'V3_0'];
  return fc
    .record({
      arn: inPlace('PreTokenGeneration'),
      version: any(versions),
      form: any(['none', 'old', 'new', 'both']),
    })
    .map(({ arn, version, form }) => ({
      ...(form === 'old' || form === 'both' ? { PreTokenGeneration: arn } : {}),
      ...(form === 'new' || form === 'both'
        ? { PreTokenGenerationConfig: { LambdaArn: arn, LambdaVersion: version } }
        : {}),
    }));
};

const sender = other.map((LambdaArn) => ({ LambdaArn, LambdaVersion: 'V1_0' }));
const customSenders = fc.oneof(
  fc.constant({}),
  fc
    .tuple(maybe({ CustomEmailSender: sender, CustomSMSSender: sender, InboundFederation: sender }))
    .map(([senders]) => ({ ...senders, KMSKeyID: `arn:aws:kms:${MEMORY_REGION}:${MEMORY_ACCOUNT}:key/1` })),
);

const lambdaConfig = (tier: Tier): fc.Arbitrary<Json> =>
  fc
    .tuple(
      maybe({
        PreSignUp: other,
        CustomMessage: other,
        PostConfirmation: other,
        PreAuthentication: other,
        PostAuthentication: other,
        UserMigration: other,
        DefineAuthChallenge: inPlace('DefineAuthChallenge'),
        CreateAuthChallenge: inPlace('CreateAuthChallenge'),
        VerifyAuthChallengeResponse: inPlace('VerifyAuthChallengeResponse'),
      }),
      preToken(tier),
      customSenders,
    )
    .map(([triggers, token, senders]) => ({ ...triggers, ...token, ...senders }));

const passwordPolicy = maybe({
  MinimumLength: fc.integer({ min: 6, max: 99 }),
  RequireUppercase: fc.boolean(),
  RequireNumbers: fc.boolean(),
  RequireSymbols: fc.boolean(),
  PasswordHistorySize: fc.integer({ min: 1, max: 24 }),
  TemporaryPasswordValidityDays: fc.integer({ min: 1, max: 365 }),
}).map((policy) => ({ MinimumLength: 8, ...policy }));

const signInPolicy = (tier: Tier) =>
  some(tier === 'LITE' ? [] : ['EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN']).map((factors) => ({
    AllowedFirstAuthFactors: ['PASSWORD', ...factors],
  }));

const recovery = fc.oneof(
  fc.constant([{ Name: 'admin_only', Priority: 1 }]),
  some(['verified_email', 'verified_phone_number'], 1).map((names) =>
    names.map((Name, index) => ({ Name, Priority: index + 1 })),
  ),
);

const messages = maybe({
  EmailVerificationMessage: word,
  EmailVerificationSubject: word,
  SmsVerificationMessage: word,
  SmsAuthenticationMessage: word,
  VerificationMessageTemplate: maybe({
    EmailMessage: word,
    EmailSubject: word,
    SmsMessage: word,
    EmailSubjectByLink: word,
    DefaultEmailOption: any(['CONFIRM_WITH_LINK', 'CONFIRM_WITH_CODE']),
  }),
});

const sms = maybe({ ExternalId: word, SnsRegion: fc.constant(MEMORY_REGION) }).map((rest) => ({
  SnsCallerArn: `arn:aws:iam::${MEMORY_ACCOUNT}:role/sms`,
  ...rest,
}));

const settings = (tier: Tier): fc.Arbitrary<Json> =>
  maybe({
    DeletionProtection: any(['ACTIVE', 'INACTIVE']),
    LambdaConfig: lambdaConfig(tier),
    Policies: maybe({ PasswordPolicy: passwordPolicy, SignInPolicy: signInPolicy(tier) }),
    MfaConfiguration: any(['OFF', 'ON', 'OPTIONAL']),
    DeviceConfiguration: maybe({
      ChallengeRequiredOnNewDevice: fc.boolean(),
      DeviceOnlyRememberedOnUserPrompt: fc.boolean(),
    }),
    EmailConfiguration: maybe({
      EmailSendingAccount: any(['COGNITO_DEFAULT', 'DEVELOPER']),
      From: fc.constant('codes@example.com'),
      ReplyToEmailAddress: fc.constant('help@example.com'),
      ConfigurationSet: word,
      SourceArn: fc.constant('arn:aws:ses:eu-central-1:123456789012:identity/example.com'),
    }),
    UserPoolTags: fc.dictionary(any(['team', 'my:aws:tag', 'cost.centre']), word),
    AdminCreateUserConfig: maybe({
      AllowAdminCreateUserOnly: fc.boolean(),
      InviteMessageTemplate: maybe({ EmailMessage: word, SMSMessage: word, EmailSubject: word }),
    }),
    UserPoolAddOns: maybe({ AdvancedSecurityAdditionalFlows: fc.constant({ CustomAuthMode: 'AUDIT' }) }).map(
      (flows) => ({ AdvancedSecurityMode: 'AUDIT', ...flows }),
    ),
    DcrConfiguration: maybe({ EnableStatus: any(['Enabled', 'Disabled']), OpenDcrEnabled: fc.boolean() }),
    KeyConfiguration: fc.constant({ KeyType: 'AWS_OWNED_KEY' }),
    IssuerConfiguration: any([{ Type: 'ORIGINAL' }, { Type: 'UPDATED' }]),
    ...(tier === 'LITE' ? {} : { AcrConfiguration: fc.constant({ level1: { AcrValue: 'urn:one' } }) }),
    AccountRecoverySetting: recovery.map((RecoveryMechanisms) => ({ RecoveryMechanisms })),
  });

const identity = fc.oneof(
  maybe({ UsernameAttributes: some(['email', 'phone_number'], 1) }),
  maybe({ AliasAttributes: some(['email', 'phone_number', 'preferred_username'], 1) }),
);

const schema = fc
  .record({ required: fc.boolean(), custom: fc.boolean() })
  .map(({ required, custom }) => [
    ...(required ? [{ Name: 'email', AttributeDataType: 'String', Required: true, Mutable: true }] : []),
    ...(custom ? [{ Name: 'team', AttributeDataType: 'String', Mutable: true }] : []),
  ]);

const verified = some(['email', 'phone_number']).chain((AutoVerifiedAttributes) =>
  maybe({
    AutoVerifiedAttributes: fc.constant(AutoVerifiedAttributes),
    names: some(AutoVerifiedAttributes),
  }).map(({ AutoVerifiedAttributes: auto, names }) => ({
    ...(auto === undefined ? {} : { AutoVerifiedAttributes: auto }),
    ...(auto === undefined || names === undefined
      ? {}
      : { UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: names } }),
  })),
);

const creation = any(TIERS).chain((tier) =>
  fc.tuple(settings(tier), messages, identity, verified, schema, sms, fc.boolean(), word).map(
    ([set, texts, names, verification, Schema, SmsConfiguration, hasSms, PoolName]): Json => ({
      PoolName,
      UserPoolTier: tier,
      ...set,
      ...texts,
      ...names,
      ...verification,
      ...(Schema.length === 0 ? {} : { Schema }),
      // Cognito wants it for a second factor.
      ...(hasSms || ['ON', 'OPTIONAL'].includes(String(set.MfaConfiguration)) ? { SmsConfiguration } : {}),
    }),
  ),
);

/** Passkeys and apps as second factors, beside what the creation said of them. */
const factors = maybe({
  SoftwareTokenMfaConfiguration: fc.constant({ Enabled: true }),
  WebAuthnConfiguration: maybe({
    RelyingPartyId: fc.constant('example.com'),
    UserVerification: any(['required', 'preferred']),
    FactorConfiguration: any(['SINGLE_FACTOR', 'MULTI_FACTOR_WITH_USER_VERIFICATION']),
  }),
});

export const randomPool = (
  clients: (pool: Json) => fc.Arbitrary<readonly Json[]>,
): fc.Arbitrary<RandomPool> =>
  creation.chain((pool) =>
    fc.record({
      creation: fc.constant(pool),
      factors: fc.option(factors, { nil: undefined }),
      systemTags: fc.dictionary(any(['aws:cloudformation:stack-name', 'aws:x']), word),
      clients: clients(pool),
    }),
  );
