/**
 * What a template may ask of a user pool that the local one cannot play. If it started all the same, sign-ins would go one way
 * here and another way on AWS. Synthesis speaks of some of it in the same words.
 */
import type { JsonObject } from '../../ground/service.ts';
import {
  CALLED_TRIGGERS,
  CLIENT_PROPERTIES,
  type KnownProperties,
  POOL_PROPERTIES,
  TRIGGER_SETTINGS,
  UNCALLED_TRIGGERS,
} from './known-properties.ts';
import { listed, record } from './properties.ts';
import { EVENT_VERSIONS } from './sign-in/triggers.ts';

/** Each problem is a sentence without its subject, and what to do. */
type Problems = readonly string[];

const when = (applies: boolean, text: string): Problems => (applies ? [text] : []);

const ACCEPTED = [...CALLED_TRIGGERS, ...UNCALLED_TRIGGERS, ...TRIGGER_SETTINGS];

const triggers = ({ LambdaConfig }: JsonObject): Problems => {
  const others = Object.keys(record(LambdaConfig)).filter((name) => !ACCEPTED.includes(name));
  const { LambdaVersion = 'V1_0' } = record(record(LambdaConfig).PreTokenGenerationConfig);
  return [
    ...others.map(
      (name) =>
        `has a trigger that is not called here (LambdaConfig.${name}). Create it without that trigger`,
    ),
    ...when(
      !Object.hasOwn(EVENT_VERSIONS, String(LambdaVersion)),
      `calls its pre token generation trigger with LambdaVersion ${LambdaVersion}. Create it with V1_0, V2_0 or V3_0`,
    ),
  ];
};

const unknown = (properties: JsonObject, { played, refused, leftAlone }: KnownProperties): Problems =>
  Object.keys(properties)
    .filter((name) => ![...played, ...refused, ...leftAlone].includes(name))
    .map((name) => `has a property that is not known here (${name}). Create it without that property`);

/** Developer guide, "Pre token generation Lambda trigger": the later events need the plan Essentials or Plus. */
const plan = ({ LambdaConfig, UserPoolTier }: JsonObject): Problems => {
  const { LambdaVersion = 'V1_0' } = record(record(LambdaConfig).PreTokenGenerationConfig);
  return when(
    UserPoolTier === 'LITE' && LambdaVersion !== 'V1_0',
    `has a plan without pre token generation events of version ${LambdaVersion} (UserPoolTier LITE). Create it with ESSENTIALS`,
  );
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

const factors = ({ MfaConfiguration = 'OFF', Policies }: JsonObject): Problems => {
  const first = listed(record(record(Policies).SignInPolicy).AllowedFirstAuthFactors);
  return [
    ...when(
      MfaConfiguration !== 'OFF',
      `${MfaConfiguration === 'OPTIONAL' ? 'offers' : 'requires'} a second factor of its own (MfaConfiguration). Create it ` +
        'with mfa: Mfa.OFF',
    ),
    ...when(
      first.some((factor) => factor !== 'PASSWORD'),
      'lets users begin with a passkey or a code of its own in place of the password (AllowedFirstAuthFactors). Create it ' +
        'with signInPolicy: { allowedFirstAuthFactors: { password: true } }',
    ),
  ];
};

/** Without MFA it changes no sign-in, so that a pool that exists may keep it. A template that asks for it means it. */
const passkeys = ({ WebAuthnFactorConfiguration }: JsonObject): Problems =>
  when(
    !['SINGLE_FACTOR', undefined].includes(WebAuthnFactorConfiguration as string | undefined),
    'takes a passkey as a second factor (WebAuthnFactorConfiguration). Create it with passkeys as a single factor',
  );

/** What no sign-in can go through here. `name` is the one that people know the pool by. */
export const unplayableByPool = (name: string, properties: JsonObject): Problems =>
  [
    ...when(
      Object.keys(record(properties.DeviceConfiguration)).length > 0,
      'remembers devices (DeviceConfiguration). Create it without deviceTracking',
    ),
    ...factors(properties),
    ...names(properties),
    ...triggers(properties),
    ...plan(properties),
  ].map((text) => `The user pool ${name} ${text}`);

/** What a template may not ask of a pool. */
export const unsupportedByPool = (name: string, properties: JsonObject): Problems => [
  ...unplayableByPool(name, properties),
  ...[...passkeys(properties), ...unknown(properties, POOL_PROPERTIES)].map(
    (text) => `The user pool ${name} ${text}`,
  ),
];

const rotation = ({ RefreshTokenRotation }: JsonObject): Problems => {
  const grace = Number(record(RefreshTokenRotation).RetryGracePeriodSeconds ?? 0);
  return when(
    !(grace >= 0 && grace <= 60),
    `has a grace period for rotated refresh tokens that AWS does not take (RetryGracePeriodSeconds ${grace}). Create it with 0 to 60`,
  );
};

const FLOWS = [
  'CUSTOM_AUTH',
  'REFRESH_TOKEN_AUTH',
  'USER_AUTH',
  'USER_PASSWORD_AUTH',
  'USER_SRP_AUTH',
  'ADMIN_USER_PASSWORD_AUTH',
];

/** AWS takes the names without `ALLOW_` too, but not beside the others; nobody has needed them since 2019. */
const flows = ({ ExplicitAuthFlows }: JsonObject): Problems =>
  listed(ExplicitAuthFlows)
    .filter((flow) => !FLOWS.includes(flow.replace(/^ALLOW_/, '')) || !flow.startsWith('ALLOW_'))
    .map(
      (flow) =>
        `has a flow that is not known here (ExplicitAuthFlows: ${flow}). Create it with ALLOW_CUSTOM_AUTH`,
    );

const validities = ({ TokenValidityUnits, AuthSessionValidity = 3 }: JsonObject): Problems => [
  ...Object.entries(record(TokenValidityUnits))
    .filter(([, unit]) => !['seconds', 'minutes', 'hours', 'days'].includes(String(unit)))
    .map(
      ([token, unit]) =>
        `has a unit that AWS does not take (TokenValidityUnits.${token}: ${unit}). Create it with seconds, minutes, hours or days`,
    ),
  ...when(
    !(Number(AuthSessionValidity) >= 3 && Number(AuthSessionValidity) <= 15),
    `has a session validity that AWS does not take (AuthSessionValidity ${AuthSessionValidity}). Create it with 3 to 15 minutes`,
  ),
];

/** What a template may not ask of a client. */
export const unsupportedByClient = (name: string, properties: JsonObject): Problems =>
  [
    ...flows(properties),
    ...validities(properties),
    ...rotation(properties),
    ...unknown(properties, CLIENT_PROPERTIES),
  ].map((text) => `The client ${name} ${text}`);
