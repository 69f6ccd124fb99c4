/** The doors that a user pool has of its own making, and the settings with which sign-ins fail. */
import type { GivenPool } from '../pool/given-pool.ts';
import { adviceOf, type Remedy, type Warning } from './problem.ts';
import { nameOf, objectOf, type Properties, textsOf } from './synthesized.ts';

interface Rule {
  readonly applies: (pool: Properties) => boolean;
  /** Continues a sentence that begins with the pool. */
  readonly harm: string;
  readonly remedy: Remedy;
}

/** Recovery through the mailbox is also Cognito's default. */
const recoversByEmail = ({ AccountRecoverySetting }: Properties): boolean => {
  const { RecoveryMechanisms } = objectOf(AccountRecoverySetting);
  if (!Array.isArray(RecoveryMechanisms) || RecoveryMechanisms.length === 0) return true;
  return !RecoveryMechanisms.every((one) =>
    ['admin_only', 'verified_phone_number'].includes(String(objectOf(one).Name)),
  );
};

/** All values between which the deployment chooses, without the choice of none. */
const choicesOf = (value: unknown): readonly unknown[] => {
  const { 'Fn::If': choice, Ref: name } = objectOf(value);
  if (Array.isArray(choice)) return choice.slice(1).flatMap(choicesOf);
  return name === 'AWS::NoValue' ? [] : [value];
};

/** What a property may be in each choice of the deployment. Of an object that only the deployment knows it is that object. */
const fieldOf = (value: unknown, name: string): readonly unknown[] =>
  choicesOf(value).map((choice) => {
    const fields = objectOf(choice);
    return Object.keys(fields).some((key) => key === 'Ref' || key.startsWith('Fn::')) ? choice : fields[name];
  });

const firstFactors = ({ Policies }: Properties): readonly string[] =>
  fieldOf(Policies, 'SignInPolicy')
    .flatMap((policy) => fieldOf(policy, 'AllowedFirstAuthFactors'))
    .flatMap(choicesOf)
    .flatMap(textsOf);

const mfa = ({ MfaConfiguration = 'OFF' }: Properties): unknown => MfaConfiguration;

/** Nobody could use what these open, or sign-ins fail with them, so there is no way to allow them. */
const REFUSED: readonly Rule[] = [
  {
    applies: ({ DeviceConfiguration }) => Object.keys(objectOf(DeviceConfiguration)).length > 0,
    harm:
      'remembers devices, and then asks a remembered one for its own proof, which is no part of a sign-in with a code: it ' +
      'fails',
    remedy: { how: 'without deviceTracking', property: 'no DeviceConfiguration' },
  },
  {
    applies: (pool) => !['OFF', 'OPTIONAL'].includes(String(mfa(pool))),
    harm:
      'requires a second factor of its own. Users who have none cannot sign in, because it offers to set one up in other ' +
      'flows only; all others are asked twice',
    remedy: { how: 'with mfa: Mfa.OFF, or Mfa.OPTIONAL', property: 'MfaConfiguration: OFF, or OPTIONAL' },
  },
  {
    applies: (pool) =>
      mfa(pool) !== 'OFF' &&
      !['undefined', 'SINGLE_FACTOR'].includes(String(pool.WebAuthnFactorConfiguration)),
    harm: 'takes a passkey as a second factor, which is no part of a sign-in with a code: it fails',
    remedy: {
      how: 'with mfa: Mfa.OFF, or with passkeys as a single factor',
      property: 'MfaConfiguration: OFF, or WebAuthnFactorConfiguration: SINGLE_FACTOR',
    },
  },
  {
    applies: (pool) => firstFactors(pool).some((factor) => factor !== 'PASSWORD'),
    harm:
      'lets users begin with a passkey or a code of its own in place of the password. A code by mail is then all that they ' +
      'need, and guard-tokens refuses tokens for all of them',
    remedy: {
      how: 'with signInPolicy: { allowedFirstAuthFactors: { password: true } }',
      property: 'Policies.SignInPolicy.AllowedFirstAuthFactors: [PASSWORD]',
    },
  },
];

const RECOVERY: Rule = {
  applies: recoversByEmail,
  harm: 'lets whoever reads the mailbox replace the password, and the codes go there too, so the mailbox alone would do',
  remedy: {
    how: 'with accountRecovery: AccountRecovery.NONE or PHONE_ONLY_WITHOUT_MFA',
    property:
      'AccountRecoverySetting.RecoveryMechanisms with the Name admin_only or verified_phone_number alone',
  },
};

const requiresEmail = ({ Schema }: Properties): boolean =>
  Array.isArray(Schema) &&
  Schema.map(objectOf).some(({ Name, Required }) => Name === 'email' && String(Required) === 'true');

/** These harm some users only, or an app may have its reasons. */
const WARNED: Readonly<Record<Warning['id'], Rule>> = {
  'EmailOtp-PoolMfa': {
    applies: (pool) => mfa(pool) === 'OPTIONAL',
    harm: 'offers a second factor of its own. Users who have set one up are asked for it before the code',
    remedy: { how: 'with mfa: Mfa.OFF', property: 'MfaConfiguration: OFF' },
  },
  'EmailOtp-UserMigration': {
    applies: ({ LambdaConfig }) => objectOf(LambdaConfig).UserMigration !== undefined,
    harm:
      'has a user migration trigger. Cognito calls it only with a password in clear, which a sign-in with a code never ' +
      'sends, so users cannot sign in before they are moved, by an import or AdminCreateUser',
    remedy: { how: 'without userMigration', property: 'no LambdaConfig.UserMigration' },
  },
  'EmailOtp-PhoneOnly': {
    applies: (pool) => {
      const names = [...textsOf(pool.UsernameAttributes), ...textsOf(pool.AliasAttributes)];
      return names.includes('phone_number') && !names.includes('email') && !requiresEmail(pool);
    },
    harm: 'has users with a phone number who need no email address; those without one get no code',
    remedy: {
      how: 'with signInAliases: { email: true } too, or with standardAttributes: { email: { required: true } }',
      property: 'email in UsernameAttributes or AliasAttributes, or in Schema with Required: true',
    },
  },
  'EmailOtp-UnverifiedChange': {
    applies: ({ UserAttributeUpdateSettings }) =>
      !textsOf(objectOf(UserAttributeUpdateSettings).AttributesRequireVerificationBeforeUpdate).includes(
        'email',
      ),
    harm: 'sends codes to a changed address before anybody has shown that they can read mail there',
    remedy: {
      how: 'with keepOriginal: { email: true }',
      property: 'UserAttributeUpdateSettings.AttributesRequireVerificationBeforeUpdate: [email]',
    },
  },
};

const sentence = ({ resource, isResource }: GivenPool, { harm, remedy }: Rule): string =>
  `The user pool ${nameOf(resource)} ${harm}. ${adviceOf(remedy, isResource)}`;

export const problemsOfPool = (
  pool: GivenPool,
  properties: Properties,
  allowEmailRecovery: boolean,
): readonly string[] => [
  ...REFUSED.filter(({ applies }) => applies(properties)).map((rule) => sentence(pool, rule)),
  ...(RECOVERY.applies(properties) && !allowEmailRecovery
    ? [`${sentence(pool, RECOVERY)}, or accept that: allowEmailRecovery: true`]
    : []),
];

export const warningsOfPool = (pool: GivenPool, properties: Properties): readonly Warning[] =>
  (Object.entries(WARNED) as [Warning['id'], Rule][])
    .filter(([, { applies }]) => applies(properties))
    .map(([id, rule]) => ({ at: pool.resource, id, text: sentence(pool, rule) }));
