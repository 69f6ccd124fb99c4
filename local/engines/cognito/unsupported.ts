/**
 * What a template may ask of a user pool that the local one cannot play. If it started all the same, sign-ins would go one way
 * here and another way on AWS. Synthesis speaks of some of it in the same words.
 */
import type { JsonObject } from '../../ground/service.ts';
import { listed, record } from './properties.ts';

/** Each problem is a sentence without its subject, and what to do. */
type Problems = readonly string[];

const when = (applies: boolean, text: string): Problems => (applies ? [text] : []);

const PLAYED_TRIGGERS = [
  'DefineAuthChallenge',
  'CreateAuthChallenge',
  'VerifyAuthChallengeResponse',
  'PreTokenGeneration',
  'PreTokenGenerationConfig',
];

const triggers = ({ LambdaConfig }: JsonObject): Problems => {
  const others = Object.keys(record(LambdaConfig)).filter((name) => !PLAYED_TRIGGERS.includes(name));
  const { LambdaVersion = 'V1_0' } = record(record(LambdaConfig).PreTokenGenerationConfig);
  return [
    ...others.map(
      (name) =>
        `has a trigger that is not called here (LambdaConfig.${name}). Create it without that trigger`,
    ),
    ...when(
      LambdaVersion !== 'V1_0',
      `calls its pre token generation trigger with LambdaVersion ${LambdaVersion}. Create it with V1_0`,
    ),
  ];
};

const names = ({ UsernameAttributes, AliasAttributes }: JsonObject): Problems => [
  ...when(
    listed(UsernameAttributes).includes('phone_number'),
    'lets users sign in with a phone number (UsernameAttributes). Create it with signInAliases: { email: true } only',
  ),
  ...when(
    listed(AliasAttributes).length > 0,
    'lets users sign in with a name and other names for it (AliasAttributes). Create it with ' +
      'signInAliases: { email: true } only, or { username: true } only',
  ),
];

const factors = ({
  MfaConfiguration = 'OFF',
  WebAuthnFactorConfiguration,
  Policies,
}: JsonObject): Problems => {
  const first = listed(record(record(Policies).SignInPolicy).AllowedFirstAuthFactors);
  return [
    ...when(
      MfaConfiguration !== 'OFF',
      `${MfaConfiguration === 'OPTIONAL' ? 'offers' : 'requires'} a second factor of its own (MfaConfiguration). Create it ` +
        'with mfa: Mfa.OFF',
    ),
    ...when(
      !['SINGLE_FACTOR', undefined].includes(WebAuthnFactorConfiguration as string | undefined),
      'takes a passkey as a second factor (WebAuthnFactorConfiguration). Create it with passkeys as a single factor',
    ),
    ...when(
      first.some((factor) => factor !== 'PASSWORD'),
      'lets users begin with a passkey or a code of its own in place of the password (AllowedFirstAuthFactors). Create it ' +
        'with signInPolicy: { allowedFirstAuthFactors: { password: true } }',
    ),
  ];
};

export const unsupportedByPool = (poolId: string, properties: JsonObject): Problems =>
  [
    ...when(
      Object.keys(record(properties.DeviceConfiguration)).length > 0,
      'remembers devices (DeviceConfiguration). Create it without deviceTracking',
    ),
    ...factors(properties),
    ...names(properties),
    ...triggers(properties),
  ].map((text) => `The user pool ${poolId} ${text}`);

export const unsupportedByClient = (clientId: string, properties: JsonObject): Problems =>
  [
    ...when(
      String(properties.GenerateSecret) === 'true',
      'has a secret (GenerateSecret). Create it with generateSecret: false',
    ),
    ...when(
      record(properties.RefreshTokenRotation).Feature === 'ENABLED',
      'rotates refresh tokens (RefreshTokenRotation). Create it without refreshTokenRotationGracePeriod',
    ),
  ].map((text) => `The client ${clientId} ${text}`);
