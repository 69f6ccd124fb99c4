/**
 * A user pool and its app clients as CloudFormation properties describe them, with AWS's defaults filled in.
 * At start-up the engine refuses each property of a template that would change a sign-in and that it cannot play.
 */
import { CommandError, EXIT } from '../../../shared/command/failure.ts';
import type { JsonObject } from '../../ground/service.ts';
import { shownName } from '../../ground/template/shown-name.ts';
import type { Template } from '../../ground/template.ts';
import { type GroupDefinition, groupDefinitionsOf } from './groups/group-definitions.ts';
import { CALLED_TRIGGERS } from './known-properties.ts';
import { readClient } from './pools/read-client.ts';
import type { StoredSettings, UnknownProperty } from './pools/stored-settings.ts';
import { isFalse, isTrue, listed, record } from './properties.ts';
import type { TokenEventVersion, TriggerName } from './sign-in/triggers.ts';
import { unplayableByPool, unsupportedByClient, unsupportedByPool } from './unsupported.ts';
import type { PasswordPolicy } from './users/password-policy.ts';
import { type ValueConstraint, valueConstraints } from './users/value-constraints.ts';

export interface ClientDefinition {
  readonly clientId: string;
  /** For what is said of the client. @default its id */
  readonly shownName?: string;
  readonly properties: JsonObject;
  /** Missing for one that is read from a template alone. */
  readonly stored?: StoredSettings;
}

/** The properties of AWS::Cognito::UserPool and AWS::Cognito::UserPoolClient, with intrinsic functions resolved. */
export interface PoolDefinition {
  readonly poolId: string;
  /** For what is said of the pool. @default its id */
  readonly shownName?: string;
  /** @default DescribeUserPool shows none */
  readonly arn?: string | undefined;
  readonly properties: JsonObject;
  readonly clients: readonly ClientDefinition[];
  /** @default none */
  readonly groups?: readonly GroupDefinition[];
  /** Missing for one that is read from a template alone. */
  readonly stored?: StoredSettings;
}

export interface Client {
  readonly id: string;
  /** As CloudFormation has them. */
  readonly properties: JsonObject;
  readonly unknown: readonly UnknownProperty[];
  /** Epoch milliseconds; zero for one that is read from a template alone. */
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** As the API describes it, but without its pool. */
  readonly description: JsonObject;
  /** The `ALLOW_…` values of ExplicitAuthFlows. */
  readonly authFlows: ReadonlySet<string>;
  /** True if PreventUserExistenceErrors is ENABLED: unknown users then look like known ones. */
  readonly concealsUsers: boolean;
  /** Undefined for the standard attributes. */
  readonly readAttributes: ReadonlySet<string> | undefined;
  readonly writeAttributes: ReadonlySet<string> | undefined;
  readonly sessionMs: number;
  readonly accessTokenMs: number;
  readonly idTokenMs: number;
  readonly refreshTokenMs: number;
  /** Undefined if refresh tokens are not rotated; else how long one works after another has taken its place. */
  readonly rotationGraceMs: number | undefined;
  /** True unless EnableTokenRevocation is false. */
  readonly revokesTokens: boolean;
  /** True if GenerateSecret is true. */
  readonly hasSecret: boolean;
}

export interface UserPool {
  readonly id: string;
  readonly arn: string | undefined;
  /** As the template has them, or in its form. */
  readonly properties: JsonObject;
  readonly unknown: readonly UnknownProperty[];
  readonly systemTags: Readonly<Record<string, string>>;
  /** Epoch milliseconds; zero for one that is read from a template alone. */
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** Sentences about what stands in the pool and changes a sign-in in a way that is not played: none is begun here then. */
  readonly unplayable: readonly string[];
  /** The part of the id after the underscore; SRP hashes it. */
  readonly name: string;
  /** True if users sign in with their email address. The username is then a UUID equal to `sub`. */
  readonly signsInWithEmail: boolean;
  readonly caseSensitive: boolean;
  readonly passwordPolicy: PasswordPolicy;
  readonly customAttributes: ReadonlySet<string>;
  readonly requiredAttributes: readonly string[];
  readonly immutableAttributes: ReadonlySet<string>;
  /** What the schema asks of values, by the attribute's name. */
  readonly valueConstraints: ReadonlyMap<string, ValueConstraint>;
  /** `email` or `phone_number`, if a new value counts only once it is verified. */
  readonly verifiedBeforeUpdate: readonly string[];
  /** `email` or `phone_number`, if Cognito mails a code to a new value. */
  readonly autoVerified: readonly string[];
  readonly triggers: Readonly<Partial<Record<TriggerName, string>>>;
  /** The version of the events that the pre token generation trigger gets. */
  readonly tokenEventVersion: TokenEventVersion;
  readonly clients: ReadonlyMap<string, Client>;
  /** The groups of the template; an API-made pool has none of these. */
  readonly groups: readonly GroupDefinition[];
}

const DAY_MS = 86_400_000;

const readTriggers = (config: JsonObject): UserPool['triggers'] => {
  const { PreTokenGeneration, PreTokenGenerationConfig, ...others } = config;
  const arns = {
    ...others,
    PreTokenGeneration: record(PreTokenGenerationConfig).LambdaArn ?? PreTokenGeneration,
  };
  return Object.fromEntries(
    Object.entries(arns).filter(([name, arn]) => CALLED_TRIGGERS.includes(name) && arn !== undefined),
  ) as UserPool['triggers'];
};

/** `refuseUnsupportedPool` has let no other version through. */
const readEventVersion = ({ PreTokenGenerationConfig }: JsonObject): TokenEventVersion =>
  (record(PreTokenGenerationConfig).LambdaVersion ?? 'V1_0') as TokenEventVersion;

/** Without a policy AWS requires every kind of character, with one only those that it names. */
const readPasswordPolicy = (
  policies: JsonObject,
  { UnusedAccountValidityDays }: JsonObject,
): PasswordPolicy => {
  const given = policies.PasswordPolicy !== undefined;
  const policy = record(policies.PasswordPolicy);
  const asksFor = (name: string) => (given ? isTrue(policy[name]) : true);
  return {
    minimumLength: Number(policy.MinimumLength ?? 8),
    uppercase: asksFor('RequireUppercase'),
    lowercase: asksFor('RequireLowercase'),
    numbers: asksFor('RequireNumbers'),
    symbols: asksFor('RequireSymbols'),
    temporaryPasswordMs:
      Number(policy.TemporaryPasswordValidityDays ?? UnusedAccountValidityDays ?? 7) * DAY_MS,
    historySize: Number(policy.PasswordHistorySize ?? 0),
  };
};

/** Throws CommandError with each thing in the template that is not supported, and what to do. */
export const refuseUnsupportedPool = ({
  poolId,
  shownName: name = poolId,
  properties,
  clients,
}: PoolDefinition): void => {
  const problems = [
    ...unsupportedByPool(name, properties),
    ...clients.flatMap((client) =>
      unsupportedByClient(client.shownName ?? client.clientId, client.properties),
    ),
  ];
  if (problems.length === 0) return;
  throw new CommandError(`The local system cannot play this:\n${problems.join('\n')}`, EXIT.failed);
};

/** Throws CommandError with each thing in the properties that is not supported, and what to do. */
export const readPool = (definition: PoolDefinition): UserPool => {
  refuseUnsupportedPool(definition);
  return poolOf(definition);
};

/** Reads a pool that may have what is not played: then `unplayable` says so. */
export const poolOf = (definition: PoolDefinition): UserPool => {
  const { poolId, properties, clients, stored } = definition;
  const schema = (Array.isArray(properties.Schema) ? properties.Schema : []).map(record);
  const named = (attributes: readonly JsonObject[]) => attributes.map(({ Name }) => String(Name));
  return {
    id: poolId,
    arn: definition.arn,
    properties,
    unknown: stored?.unknown ?? [],
    systemTags: stored?.systemTags ?? {},
    createdAt: stored?.createdAt ?? 0,
    modifiedAt: stored?.modifiedAt ?? 0,
    unplayable: unplayableByPool(definition.shownName ?? poolId, properties),
    name: poolId.slice(poolId.indexOf('_') + 1),
    signsInWithEmail: listed(properties.UsernameAttributes).length > 0,
    caseSensitive: !isFalse(record(properties.UsernameConfiguration).CaseSensitive),
    passwordPolicy: readPasswordPolicy(record(properties.Policies), record(properties.AdminCreateUserConfig)),
    customAttributes: new Set(named(schema).map((name) => `custom:${name}`)),
    requiredAttributes: named(schema.filter(({ Required }) => isTrue(Required))),
    immutableAttributes: new Set(
      named(schema.filter(({ Mutable }) => isFalse(Mutable))).flatMap((name) => [name, `custom:${name}`]),
    ),
    valueConstraints: valueConstraints(schema),
    verifiedBeforeUpdate: listed(
      record(properties.UserAttributeUpdateSettings).AttributesRequireVerificationBeforeUpdate,
    ),
    autoVerified: listed(properties.AutoVerifiedAttributes),
    triggers: readTriggers(record(properties.LambdaConfig)),
    tokenEventVersion: readEventVersion(record(properties.LambdaConfig)),
    clients: new Map(
      clients.map((client) => [
        client.clientId,
        readClient(client.clientId, client.properties, client.stored),
      ]),
    ),
    groups: definition.groups ?? [],
  };
};

const clientsOf = (template: Template, poolId: string): readonly ClientDefinition[] =>
  template
    .ofType('AWS::Cognito::UserPoolClient')
    .filter(({ properties }) => properties.UserPoolId === poolId)
    .map((client) => ({
      clientId: client.names.ref,
      shownName: shownName(client),
      properties: client.properties,
    }));

export const poolsOf = (template: Template): readonly PoolDefinition[] =>
  template.ofType('AWS::Cognito::UserPool').map((pool) => ({
    poolId: pool.names.ref,
    shownName: shownName(pool),
    arn: pool.names.attributes.Arn,
    properties: pool.properties,
    clients: clientsOf(template, pool.names.ref),
    groups: groupDefinitionsOf(template, pool.names.ref),
  }));
