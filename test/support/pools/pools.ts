/** User pools and wishes for tests. */
import type { Json } from '../../../shared/pool/json.ts';
import { PLACES, type TriggerArns } from '../../../shared/pool/places.ts';
import type { Wish } from '../../../shared/pool/plan.ts';
import type { PoolState } from '../../../shared/pool/pool-state.ts';

export const POOL_ID = 'eu-west-1_AbCdEfGhI';
export const POOL_ARN = `arn:aws:cognito-idp:eu-west-1:111122223333:userpool/${POOL_ID}`;

const functionArn = (name: string): string => `arn:aws:lambda:eu-west-1:111122223333:function:${name}`;

export const OTHER = functionArn('other');

const triggersOf = (prefix: string): TriggerArns =>
  Object.fromEntries(PLACES.map((place) => [place, functionArn(`${prefix}-${place}`)])) as TriggerArns;

export const TRIGGERS = triggersOf('otp');
/** Functions of another deployment. */
export const OTHER_TRIGGERS = triggersOf('another');

export const NOW = Date.parse('2026-03-01T12:00:00Z');
export const LATER = '2026-04-01T00:00:00Z';
export const EARLIER = '2026-02-01T00:00:00Z';

export const aWish = (given: Partial<Wish> = {}): Wish => ({
  triggers: TRIGGERS,
  eventVersion: 'V1_0',
  close: [],
  replace: [],
  accept: [],
  reporting: {},
  codeSeconds: 300,
  region: 'eu-west-1',
  passes: 'any',
  now: NOW,
  ...given,
});

/** Undefined stands for a property that the API does not say. */
const said = (properties: Json): Json =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));

/** A pool without doors. */
export const aPool = (given: Json = {}): Json =>
  said({
    Id: POOL_ID,
    Name: 'customers',
    Arn: POOL_ARN,
    Policies: { PasswordPolicy: { MinimumLength: 12, TemporaryPasswordValidityDays: 7 } },
    DeletionProtection: 'ACTIVE',
    LambdaConfig: {},
    SchemaAttributes: [
      { Name: 'sub', Mutable: false, Required: true },
      { Name: 'name', Mutable: true, Required: false },
      { Name: 'email', Mutable: true, Required: false },
      { Name: 'email_verified', Mutable: true, Required: false },
      { Name: 'custom:team', Mutable: true, Required: false },
      { Name: 'custom:since', Mutable: false, Required: false },
      { Name: 'dev:custom:mark', Mutable: true, DeveloperOnlyAttribute: true },
    ],
    UsernameAttributes: ['email'],
    AutoVerifiedAttributes: ['email'],
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
    MfaConfiguration: 'OFF',
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
    UserPoolTier: 'ESSENTIALS',
    ...given,
  });

/** When clients are made, in seconds. */
export const MADE = 1_700_000_000;

/** A client without doors. */
export const aClient = (given: Json = {}): Json =>
  said({
    ClientId: 'web',
    ClientName: 'web-app',
    UserPoolId: POOL_ID,
    ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    WriteAttributes: ['name'],
    AuthSessionValidity: 15,
    PreventUserExistenceErrors: 'ENABLED',
    EnableTokenRevocation: true,
    CreationDate: MADE,
    ...given,
  });

/** As `LambdaConfig` has it. */
export const attachedTo = (triggers: TriggerArns, LambdaVersion = 'V1_0'): Json => ({
  ...triggers,
  PreTokenGenerationConfig: { LambdaArn: triggers.PreTokenGeneration, LambdaVersion },
});

export interface GivenState {
  readonly pool?: Json;
  readonly mfa?: Json;
  readonly clients?: Readonly<Record<string, Json>>;
  readonly unknown?: readonly string[];
}

export const aState = ({ pool = aPool(), mfa = {}, clients = {}, unknown = [] }: GivenState): PoolState => ({
  pool: { properties: pool, unknown },
  mfa,
  clients: new Map(
    Object.entries(clients).map(([clientId, properties]) => [
      clientId,
      { properties: { LastModifiedDate: MADE, ...properties }, unknown: [] },
    ]),
  ),
});
