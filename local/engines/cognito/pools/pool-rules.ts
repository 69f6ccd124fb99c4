/** What AWS refuses of a pool's properties. Where its words are not known they are ours; each such place says so. */
import { AwsError, type JsonObject } from '../../../ground/service.ts';
import { invalidParameter } from '../errors.ts';
import { listed, record } from '../properties.ts';

/** SDK, `FeatureUnavailableInTierException`; its text is ours. */
const unavailable = (what: string): AwsError =>
  new AwsError('FeatureUnavailableInTierException', `${what} is not available in your current feature plan.`);

/** SDK, `LambdaConfigType.PreTokenGeneration`: "its value must be identical"; the words are ours. */
const refuseTwoPreTokens = ({ PreTokenGeneration: old, PreTokenGenerationConfig }: JsonObject): void => {
  const { LambdaArn } = record(PreTokenGenerationConfig);
  if (old === undefined || LambdaArn === undefined || old === LambdaArn) return;
  throw invalidParameter(
    'PreTokenGeneration and the LambdaArn of PreTokenGenerationConfig must be identical.',
  );
};

/** Developer guide, "User pool feature plans": later token events and choice-based sign-in need Essentials or Plus. */
const refuseBeyondTier = ({ UserPoolTier, LambdaConfig, Policies }: JsonObject): void => {
  if (UserPoolTier !== 'LITE') return;
  const { LambdaVersion = 'V1_0' } = record(record(LambdaConfig).PreTokenGenerationConfig);
  if (LambdaVersion !== 'V1_0') throw unavailable(`Pre token generation LambdaVersion ${LambdaVersion}`);
  const factors = listed(record(record(Policies).SignInPolicy).AllowedFirstAuthFactors);
  if (factors.some((factor) => factor !== 'PASSWORD')) throw unavailable('AllowedFirstAuthFactors');
};

/** The words are AWS's (crossplane provider-aws 1533). */
const refuseTwoValidities = ({ AdminCreateUserConfig, Policies }: JsonObject): void => {
  const { UnusedAccountValidityDays: old } = record(AdminCreateUserConfig);
  const { TemporaryPasswordValidityDays: days } = record(record(Policies).PasswordPolicy);
  if (old === undefined || days === undefined) return;
  throw invalidParameter(
    'Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays',
  );
};

/** SDK, `UserPoolTaggingException`: "a user pool tag can't be set or updated". Its words are ours. */
const refuseSystemTags = ({ UserPoolTags }: JsonObject): void => {
  const reserved = Object.keys(record(UserPoolTags)).some((key) => key.toLowerCase().startsWith('aws:'));
  if (reserved) throw new AwsError('UserPoolTaggingException', 'Tag keys cannot start with aws:');
};

/** SDK, `AttributesRequireVerificationBeforeUpdate`: only what is verified automatically. The words are ours. */
const refuseUnverifiable = ({ UserAttributeUpdateSettings, AutoVerifiedAttributes }: JsonObject): void => {
  const wanted = listed(record(UserAttributeUpdateSettings).AttributesRequireVerificationBeforeUpdate);
  const verified = listed(AutoVerifiedAttributes);
  const missing = wanted.find((name) => !verified.includes(name));
  if (missing === undefined) return;
  throw invalidParameter(
    `Invalid AttributesRequireVerificationBeforeUpdate: ${missing} must be in AutoVerifiedAttributes.`,
  );
};

/** SDK, `VerificationMessageTemplate`: "When you supply both parameters with either choice, Amazon Cognito returns an error." */
const refuseTwoMessages = ({ VerificationMessageTemplate }: JsonObject): void => {
  const { EmailMessage, EmailMessageByLink } = record(VerificationMessageTemplate);
  if (EmailMessage === undefined || EmailMessageByLink === undefined) return;
  throw invalidParameter('VerificationMessageTemplate cannot have EmailMessage and EmailMessageByLink.');
};

/** SDK, `SignInPolicyType`: the password is always among the factors. The words are ours. */
const refuseWithoutPassword = ({ Policies }: JsonObject): void => {
  const { AllowedFirstAuthFactors } = record(record(Policies).SignInPolicy);
  if (AllowedFirstAuthFactors === undefined || listed(AllowedFirstAuthFactors).includes('PASSWORD')) return;
  throw invalidParameter('AllowedFirstAuthFactors must contain PASSWORD.');
};

/** SDK, `AccountRecoverySettingType`: admin_only stands alone. The words are ours. */
const refuseMixedRecovery = ({ AccountRecoverySetting }: JsonObject): void => {
  const { RecoveryMechanisms } = record(AccountRecoverySetting);
  const names = (Array.isArray(RecoveryMechanisms) ? RecoveryMechanisms : []).map((one) => record(one).Name);
  if (!names.includes('admin_only') || names.length === 1) return;
  throw invalidParameter(
    'Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms.',
  );
};

const RULES = [
  refuseTwoValidities,
  refuseSystemTags,
  refuseUnverifiable,
  refuseTwoMessages,
  refuseWithoutPassword,
  refuseMixedRecovery,
  refuseBeyondTier,
  ({ LambdaConfig }: JsonObject) => refuseTwoPreTokens(record(LambdaConfig)),
];

/** `properties` are those of the request. Throws what AWS throws. */
export const acceptPool = (properties: JsonObject): void => {
  for (const refuse of RULES) refuse(properties);
};
