/** The doors that a user pool has of its own making, and the settings with which sign-ins fail. */
import type { UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Warning } from './problem.ts';
import { objectOf, type Properties, textsOf } from './synthesized.ts';

/** Says what is wrong, in a sentence that begins with the pool, and what to do. */
type Rule = readonly [applies: (pool: Properties) => boolean, text: string];

/** Recovery through the mailbox is also Cognito's default. */
const recoversByEmail = ({ AccountRecoverySetting }: Properties): boolean => {
  const { RecoveryMechanisms } = objectOf(AccountRecoverySetting);
  if (!Array.isArray(RecoveryMechanisms) || RecoveryMechanisms.length === 0) return true;
  return !RecoveryMechanisms.every((one) =>
    ['admin_only', 'verified_phone_number'].includes(String(objectOf(one).Name)),
  );
};

const firstFactors = ({ Policies }: Properties): readonly string[] =>
  textsOf(objectOf(objectOf(Policies).SignInPolicy).AllowedFirstAuthFactors);

const mfa = ({ MfaConfiguration = 'OFF' }: Properties): unknown => MfaConfiguration;

/** Nobody could use what these open, or sign-ins fail with them, so there is no way to allow them. */
const REFUSED: readonly Rule[] = [
  [
    ({ DeviceConfiguration }) => Object.keys(objectOf(DeviceConfiguration)).length > 0,
    'remembers devices, and then asks a remembered one for its own proof, which is no part of a sign-in with a code: it ' +
      'fails. Create it without deviceTracking',
  ],
  [
    (pool) => !['OFF', 'OPTIONAL'].includes(String(mfa(pool))),
    'requires a second factor of its own. Users who have none cannot sign in, because it offers to set one up in other ' +
      'flows only; all others are asked twice. Create it with mfa: Mfa.OFF, or Mfa.OPTIONAL',
  ],
  [
    (pool) =>
      mfa(pool) !== 'OFF' &&
      !['undefined', 'SINGLE_FACTOR'].includes(String(pool.WebAuthnFactorConfiguration)),
    'takes a passkey as a second factor, which is no part of a sign-in with a code: it fails. Create it with ' +
      'mfa: Mfa.OFF, or with passkeys as a single factor',
  ],
  [
    (pool) => firstFactors(pool).some((factor) => factor !== 'PASSWORD'),
    'lets users begin with a passkey or a code of its own in place of the password. A code by mail is then all that they ' +
      'need, and guard-tokens refuses tokens for all of them. Create it with ' +
      'signInPolicy: { allowedFirstAuthFactors: { password: true } }',
  ],
];

const RECOVERY: Rule = [
  recoversByEmail,
  'lets whoever reads the mailbox replace the password, and the codes go there too, so the mailbox alone would do. ' +
    'Create it with accountRecovery: AccountRecovery.NONE or PHONE_ONLY_WITHOUT_MFA, or accept that: allowEmailRecovery: true',
];

const requiresEmail = ({ Schema }: Properties): boolean =>
  Array.isArray(Schema) &&
  Schema.map(objectOf).some(({ Name, Required }) => Name === 'email' && String(Required) === 'true');

/** These harm some users only, or an app may have its reasons. */
const WARNED: Readonly<Record<Warning['id'], Rule>> = {
  'EmailOtp-PoolMfa': [
    (pool) => mfa(pool) === 'OPTIONAL',
    'offers a second factor of its own. Users who have set one up are asked for it before the code. Create it with mfa: Mfa.OFF',
  ],
  'EmailOtp-UserMigration': [
    ({ LambdaConfig }) => objectOf(LambdaConfig).UserMigration !== undefined,
    'has a user migration trigger. Cognito calls it only with a password in clear, which a sign-in with a code never ' +
      'sends, so users cannot sign in before they are moved. Create them with an import or AdminCreateUser',
  ],
  'EmailOtp-PhoneOnly': [
    (pool) => {
      const names = [...textsOf(pool.UsernameAttributes), ...textsOf(pool.AliasAttributes)];
      return names.includes('phone_number') && !names.includes('email') && !requiresEmail(pool);
    },
    'has users with a phone number who need no email address; those without one get no code. Create it with ' +
      'signInAliases: { email: true } too, or with standardAttributes: { email: { required: true } }',
  ],
  'EmailOtp-UnverifiedChange': [
    ({ UserAttributeUpdateSettings }) =>
      !textsOf(objectOf(UserAttributeUpdateSettings).AttributesRequireVerificationBeforeUpdate).includes(
        'email',
      ),
    'sends codes to a changed address before anybody has shown that they can read mail there. Create it with ' +
      'keepOriginal: { email: true }',
  ],
};

const sentence = (userPool: UserPool, text: string): string => `The user pool ${userPool.node.path} ${text}`;

export const problemsOfPool = (
  userPool: UserPool,
  pool: Properties,
  allowEmailRecovery: boolean,
): readonly string[] =>
  [...REFUSED, ...(allowEmailRecovery ? [] : [RECOVERY])]
    .filter(([applies]) => applies(pool))
    .map(([, text]) => sentence(userPool, text));

export const warningsOfPool = (userPool: UserPool, pool: Properties): readonly Warning[] =>
  (Object.entries(WARNED) as [Warning['id'], Rule][])
    .filter(([, [applies]]) => applies(pool))
    .map(([id, [, text]]) => ({ at: userPool, id, text: sentence(userPool, text) }));
