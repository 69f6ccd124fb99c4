/**
 * Applies the changes of the pre token generation trigger, version V1_0: claims of the ID token, and groups.
 * (Amazon Cognito developer guide, "Pre token generation Lambda trigger".)
 */
import { isObject, type JsonObject } from '../../../ground/service.ts';
import { invalidLambdaResponse } from '../errors.ts';
import type { TextMap } from '../input.ts';
import type { Client, UserPool } from '../pool.ts';
import type { CallTrigger } from '../sign-in/triggers.ts';
import { triggerAttributes } from '../users/attributes.ts';
import type { StoredUser } from '../users/users.ts';

export type TokenTriggerSource =
  | 'TokenGeneration_Authentication'
  | 'TokenGeneration_NewPasswordChallenge'
  | 'TokenGeneration_RefreshTokens';

export interface TokenRequest {
  readonly pool: UserPool;
  readonly client: Client;
  readonly user: StoredUser;
  readonly source: TokenTriggerSource;
  readonly clientMetadata: TextMap;
}

export interface Overrides {
  readonly claims: TextMap;
  readonly suppressed: readonly string[];
  /** `cognito:groups` and the claims for roles; groups are in both tokens. */
  readonly groups: JsonObject;
}

const NO_OVERRIDES: Overrides = { claims: {}, suppressed: [], groups: {} };

/** The claims that no trigger can add, change or suppress. */
const RESERVED = new Set(
  `acr amr at_hash aud auth_time azp client_id device_key event_id exp iat identities iss jti nbf nonce origin_jti
   scope sub token_use username version cognito:default_profile cognito:username`.split(/\s+/),
);

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string');

const optional = <T>(value: unknown, is: (value: unknown) => value is T, otherwise: T): T => {
  if (value === undefined || value === null) return otherwise;
  if (!is(value)) throw invalidLambdaResponse();
  return value;
};

const isTextMap = (value: unknown): value is TextMap => isObject(value) && isTexts(Object.values(value));

const readGroups = (details: JsonObject): JsonObject => {
  const groups = optional(details.groupsToOverride, isTexts, []);
  const roles = optional(details.iamRolesToOverride, isTexts, []);
  const preferred = details.preferredRole;
  return {
    ...(groups.length > 0 ? { 'cognito:groups': groups } : {}),
    ...(roles.length > 0 ? { 'cognito:roles': roles } : {}),
    ...(typeof preferred === 'string' ? { 'cognito:preferred_role': preferred } : {}),
  };
};

/** Calls the trigger if the pool has one. Throws the error of a failed trigger. */
export const askForOverrides = async (
  callTrigger: CallTrigger,
  request: TokenRequest,
): Promise<Overrides> => {
  const { pool, client, user, source, clientMetadata } = request;
  if (pool.triggers.PreTokenGeneration === undefined) return NO_OVERRIDES;

  const response = await callTrigger({
    pool,
    client,
    trigger: 'PreTokenGeneration',
    triggerSource: source,
    userName: user.username,
    request: {
      userAttributes: triggerAttributes(user),
      groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
      ...(Object.keys(clientMetadata).length > 0 ? { clientMetadata } : {}),
    },
    response: { claimsOverrideDetails: null },
  });
  const details = optional(response.claimsOverrideDetails, isObject, {});
  const claims = optional(details.claimsToAddOrOverride, isTextMap, {});
  return {
    claims: Object.fromEntries(Object.entries(claims).filter(([name]) => !RESERVED.has(name))),
    suppressed: optional(details.claimsToSuppress, isTexts, []).filter((name) => !RESERVED.has(name)),
    groups: readGroups(optional(details.groupOverrideDetails, isObject, {})),
  };
};
