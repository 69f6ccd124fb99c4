/**
 * Reads what a pre token generation trigger returns: `claimsOverrideDetails` for events of version V1_0,
 * `claimsAndScopeOverrideDetails` for V2_0 and V3_0. (Amazon Cognito developer guide, "Pre token generation Lambda trigger".)
 */
import { AwsError, isObject, type JsonObject } from '../../../ground/service.ts';
import { invalidLambdaResponse } from '../errors.ts';
import { type GroupConfiguration, groupClaims } from '../groups/group-configuration.ts';
import type { TokenEventVersion } from '../sign-in/triggers.ts';

/** What the trigger changes in one token. */
export interface TokenChange {
  readonly claims: JsonObject;
  readonly suppressed: readonly string[];
}

export interface Overrides {
  readonly identity: TokenChange;
  readonly access: TokenChange;
  readonly scopes: { readonly added: readonly string[]; readonly suppressed: readonly string[] };
  /** `cognito:groups` and the claims for roles; groups are in both tokens. */
  readonly groups: JsonObject;
}

const UNCHANGED: TokenChange = { claims: {}, suppressed: [] };
export const NO_OVERRIDES: Overrides = {
  identity: UNCHANGED,
  access: UNCHANGED,
  scopes: { added: [], suppressed: [] },
  groups: {},
};

/** The claims that no trigger can add, change or suppress: those of both tokens, and those of either ("Excluded claims and scopes"). */
const SHARED = 'acr amr at_hash auth_time azp exp iat iss jti nbf nonce origin_jti sub token_use'.split(' ');
const EXCLUDED = {
  identity: new Set([...SHARED, 'aud', 'cognito:username', 'event_id', 'identities']),
  access: new Set([...SHARED, 'client_id', 'device_key', 'event_id', 'scope', 'username', 'version']),
} as const;

/** Claims with these prefixes cannot be added or changed, but suppressed. */
const RESERVED_PREFIX = /^(cognito|dev):/;
const RESERVED_SCOPE = /^aws\.cognito/;

/** In the ID token they can be no objects or lists. */
const SIMPLE = ['address', 'email_verified', 'phone_number_verified', 'updated_at'];

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string');

const optional = <T>(value: unknown, is: (value: unknown) => value is T, otherwise: T): T => {
  if (value === undefined || value === null) return otherwise;
  if (!is(value)) throw invalidLambdaResponse();
  return value;
};

/**
 * Without `groupOverrideDetails` the user's groups stay as they are. What a function gives there replaces them all; an empty
 * object, or null, suppresses them.
 */
const readGroups = (given: unknown, present: GroupConfiguration): GroupConfiguration => {
  if (given === undefined) return present;
  const details = optional(given, isObject, {});
  return {
    groupsToOverride: optional(details.groupsToOverride, isTexts, []),
    iamRolesToOverride: optional(details.iamRolesToOverride, isTexts, []),
    preferredRole: typeof details.preferredRole === 'string' ? details.preferredRole : null,
  };
};

type Token = keyof typeof EXCLUDED;
type IsValue = (name: string, value: unknown) => boolean;

/** In the first version every claim is a text. */
const isText: IsValue = (_, value) => typeof value === 'string';

/** In the later ones it is any JSON. AWS does not document null; it is refused here. */
const isJson =
  (token: Token): IsValue =>
  (name, value) =>
    value !== null && (token === 'access' || typeof value !== 'object' || !SIMPLE.includes(name));

const readChange = (token: Token, change: JsonObject, isValue: IsValue): TokenChange => {
  const claims = Object.entries(optional(change.claimsToAddOrOverride, isObject, {}));
  if (claims.some(([name, value]) => !isValue(name, value))) throw invalidLambdaResponse();
  const excluded = EXCLUDED[token];
  return {
    claims: Object.fromEntries(claims.filter(([name]) => !excluded.has(name) && !RESERVED_PREFIX.test(name))),
    suppressed: optional(change.claimsToSuppress, isTexts, []).filter((name) => !excluded.has(name)),
  };
};

const DETAILS = { older: 'claimsOverrideDetails', newer: 'claimsAndScopeOverrideDetails' } as const;

/** The member of the response in which events of this version have their changes. */
export const detailsName = (version: TokenEventVersion): string =>
  version === 'V1_0' ? DETAILS.older : DETAILS.newer;

/** AWS does not document what becomes of changes in the form of another version. Lost without a word they would be missed late. */
const refuseOtherForm = (version: TokenEventVersion, response: JsonObject): void => {
  const own = detailsName(version);
  const other = version === 'V1_0' ? DETAILS.newer : DETAILS.older;
  if ((response[own] ?? undefined) !== undefined || (response[other] ?? undefined) === undefined) return;
  throw new AwsError(
    'InvalidLambdaResponseException',
    `Unrecognizable lambda output: the pool sends events of version ${version}, whose response has ${own}, but this one has ` +
      `${other}. What Cognito does with it is not documented.`,
  );
};

/** `present` are the user's own groups. Throws InvalidLambdaResponseException for a response that is not in the form of the version. */
export const readOverrides = (
  version: TokenEventVersion,
  response: JsonObject,
  present: GroupConfiguration,
): Overrides => {
  refuseOtherForm(version, response);
  const details = optional(response[detailsName(version)], isObject, {});
  const groups = groupClaims(readGroups(details.groupOverrideDetails, present));
  if (version === 'V1_0')
    return { ...NO_OVERRIDES, identity: readChange('identity', details, isText), groups };
  const access = optional(details.accessTokenGeneration, isObject, {});
  const added = optional(access.scopesToAdd, isTexts, []);
  return {
    identity: readChange('identity', optional(details.idTokenGeneration, isObject, {}), isJson('identity')),
    access: readChange('access', access, isJson('access')),
    scopes: {
      // A blank would make two scopes of one.
      added: added.filter((scope) => !RESERVED_SCOPE.test(scope) && !/\s/.test(scope)),
      suppressed: optional(access.scopesToSuppress, isTexts, []),
    },
    groups,
  };
};
