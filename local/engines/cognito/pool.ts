/**
 * A user pool and its app clients as CloudFormation properties describe them, with AWS's defaults filled in.
 * At start-up the engine refuses each property that would change a sign-in and that it cannot play.
 */
import { CommandError, EXIT } from '../../../shared/command/failure.ts';
import type { JsonObject } from '../../ground/service.ts';
import type { Template } from '../../ground/template.ts';
import { listed, record } from './properties.ts';
import type { TriggerName } from './sign-in/triggers.ts';
import { unsupportedByClient, unsupportedByPool } from './unsupported.ts';
import type { PasswordPolicy } from './users/password-policy.ts';

/** The properties of AWS::Cognito::UserPool and AWS::Cognito::UserPoolClient, with intrinsic functions resolved. */
export interface PoolDefinition {
  readonly poolId: string;
  readonly properties: JsonObject;
  readonly clients: readonly { readonly clientId: string; readonly properties: JsonObject }[];
}

export interface Client {
  readonly id: string;
  /** As the API describes it, but without its pool. */
  readonly description: JsonObject;
  /** The `ALLOW_…` values of ExplicitAuthFlows. */
  readonly authFlows: ReadonlySet<string>;
  /** True if PreventUserExistenceErrors is ENABLED: unknown users then look like known ones. */
  readonly concealsUsers: boolean;
  /** Undefined for all attributes. */
  readonly readAttributes: ReadonlySet<string> | undefined;
  readonly writeAttributes: ReadonlySet<string> | undefined;
  readonly sessionMs: number;
  readonly accessTokenMs: number;
  readonly idTokenMs: number;
  readonly refreshTokenMs: number;
}

export interface UserPool {
  readonly id: string;
  /** The part of the id after the underscore; SRP hashes it. */
  readonly name: string;
  /** True if users sign in with their email address. The username is then a UUID equal to `sub`. */
  readonly signsInWithEmail: boolean;
  readonly caseSensitive: boolean;
  readonly passwordPolicy: PasswordPolicy;
  readonly customAttributes: ReadonlySet<string>;
  readonly requiredAttributes: readonly string[];
  readonly immutableAttributes: ReadonlySet<string>;
  /** `email` or `phone_number`, if a new value counts only once it is verified. */
  readonly verifiedBeforeUpdate: readonly string[];
  readonly triggers: Readonly<Partial<Record<TriggerName, string>>>;
  readonly clients: ReadonlyMap<string, Client>;
}

const MINUTE = 60_000;
const UNITS: Readonly<Record<string, number>> = {
  seconds: 1000,
  minutes: MINUTE,
  hours: 60 * MINUTE,
  days: 1440 * MINUTE,
};
const DEFAULT_FLOWS = ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH'];
const optionalSet = (value: unknown) => (Array.isArray(value) ? new Set(listed(value)) : undefined);

const readTriggers = (config: JsonObject): UserPool['triggers'] => {
  const { PreTokenGeneration, PreTokenGenerationConfig, ...others } = config;
  const arns = {
    ...others,
    PreTokenGeneration: record(PreTokenGenerationConfig).LambdaArn ?? PreTokenGeneration,
  };
  return Object.fromEntries(
    Object.entries(arns).filter(([, arn]) => arn !== undefined),
  ) as UserPool['triggers'];
};

/** Without a policy AWS requires every kind of character, with one only those that it names. */
const readPasswordPolicy = (policies: JsonObject): PasswordPolicy => {
  const given = policies.PasswordPolicy !== undefined;
  const policy = record(policies.PasswordPolicy);
  const asksFor = (name: string) => (given ? policy[name] === true : true);
  return {
    minimumLength: Number(policy.MinimumLength ?? 8),
    uppercase: asksFor('RequireUppercase'),
    lowercase: asksFor('RequireLowercase'),
    numbers: asksFor('RequireNumbers'),
    symbols: asksFor('RequireSymbols'),
    temporaryPasswordMs: Number(policy.TemporaryPasswordValidityDays ?? 7) * 1440 * MINUTE,
  };
};

const readClient = (id: string, properties: JsonObject): Client => {
  const units = record(properties.TokenValidityUnits);
  const validity = (token: 'AccessToken' | 'IdToken' | 'RefreshToken', amount: number, unit: string) =>
    Number(properties[`${token}Validity`] ?? amount) * (UNITS[String(units[token] ?? unit)] ?? Number.NaN);
  const authFlows =
    properties.ExplicitAuthFlows === undefined ? DEFAULT_FLOWS : listed(properties.ExplicitAuthFlows);
  return {
    id,
    description: { ClientName: id, ...properties, ClientId: id, ExplicitAuthFlows: authFlows },
    authFlows: new Set(authFlows),
    concealsUsers: properties.PreventUserExistenceErrors === 'ENABLED',
    readAttributes: optionalSet(properties.ReadAttributes),
    writeAttributes: optionalSet(properties.WriteAttributes),
    sessionMs: Number(properties.AuthSessionValidity ?? 3) * MINUTE,
    accessTokenMs: validity('AccessToken', 1, 'hours'),
    idTokenMs: validity('IdToken', 1, 'hours'),
    refreshTokenMs: validity('RefreshToken', 30, 'days'),
  };
};

const refuseUnsupported = ({ poolId, properties, clients }: PoolDefinition): void => {
  const problems = [
    ...unsupportedByPool(poolId, properties),
    ...clients.flatMap((client) => unsupportedByClient(client.clientId, client.properties)),
  ];
  if (problems.length === 0) return;
  throw new CommandError(`The local system cannot play this:\n${problems.join('\n')}`, EXIT.failed);
};

/** Throws CommandError with each thing in the properties that is not supported, and what to do. */
export const readPool = (definition: PoolDefinition): UserPool => {
  refuseUnsupported(definition);
  const { poolId, properties, clients } = definition;
  const schema = (Array.isArray(properties.Schema) ? properties.Schema : []).map(record);
  const named = (attributes: readonly JsonObject[]) => attributes.map(({ Name }) => String(Name));
  return {
    id: poolId,
    name: poolId.slice(poolId.indexOf('_') + 1),
    signsInWithEmail: listed(properties.UsernameAttributes).length > 0,
    caseSensitive: record(properties.UsernameConfiguration).CaseSensitive !== false,
    passwordPolicy: readPasswordPolicy(record(properties.Policies)),
    customAttributes: new Set(named(schema).map((name) => `custom:${name}`)),
    requiredAttributes: named(schema.filter(({ Required }) => Required === true)),
    immutableAttributes: new Set(
      named(schema.filter(({ Mutable }) => Mutable === false)).flatMap((name) => [name, `custom:${name}`]),
    ),
    verifiedBeforeUpdate: listed(
      record(properties.UserAttributeUpdateSettings).AttributesRequireVerificationBeforeUpdate,
    ),
    triggers: readTriggers(record(properties.LambdaConfig)),
    clients: new Map(
      clients.map((client) => [client.clientId, readClient(client.clientId, client.properties)]),
    ),
  };
};

export const poolsOf = (template: Template): readonly PoolDefinition[] =>
  template.ofType('AWS::Cognito::UserPool').map(({ names, properties }) => ({
    poolId: names.ref,
    properties,
    clients: template
      .ofType('AWS::Cognito::UserPoolClient')
      .filter((client) => client.properties.UserPoolId === names.ref)
      .map((client) => ({ clientId: client.names.ref, properties: client.properties })),
  }));
