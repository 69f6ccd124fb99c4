/**
 * Asks the pre token generation trigger for its changes, and writes the claims of both tokens.
 * (Amazon Cognito developer guide, "Pre token generation Lambda trigger", "Understanding user pool JSON web tokens".)
 */
import type { JsonObject } from '../../../ground/service.ts';
import { type GroupConfiguration, groupClaims } from '../groups/group-configuration.ts';
import type { TextMap } from '../input.ts';
import type { Client, UserPool } from '../pool.ts';
import type { CallTrigger } from '../sign-in/triggers.ts';
import { readableAttributes, triggerAttributes, VERIFIED_FLAGS } from '../users/attributes.ts';
import type { StoredUser } from '../users/users.ts';
import {
  detailsName,
  NO_OVERRIDES,
  type Overrides,
  readOverrides,
  type TokenChange,
} from './override-details.ts';

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

/** The scope of every access token that the API gives, with which users may read and change what is theirs. */
export const USER_SCOPE = 'aws.cognito.signin.user.admin';

/** Calls the trigger if the pool has one, with the groups that the user has. Throws the error of a failed trigger. */
export const askForOverrides = async (
  callTrigger: CallTrigger,
  request: TokenRequest,
  groupConfiguration: GroupConfiguration,
): Promise<Overrides> => {
  const { pool, client, user, source, clientMetadata } = request;
  if (pool.triggers.PreTokenGeneration === undefined) {
    return { ...NO_OVERRIDES, groups: groupClaims(groupConfiguration) };
  }

  const version = pool.tokenEventVersion;
  const response = await callTrigger({
    pool,
    client,
    version,
    trigger: 'PreTokenGeneration',
    triggerSource: source,
    userName: user.username,
    request: {
      userAttributes: triggerAttributes(user),
      groupConfiguration,
      ...(version === 'V1_0' ? {} : { scopes: [USER_SCOPE] }),
      ...(Object.keys(clientMetadata).length > 0 ? { clientMetadata } : {}),
    },
    response: { [detailsName(version)]: null },
  });
  return readOverrides(version, response, groupConfiguration);
};

/** Returns attributes as claims, in which the verified flags are booleans. */
const attributeClaims = (client: Client, { attributes }: StoredUser): JsonObject =>
  Object.fromEntries(
    Object.entries(readableAttributes(client, attributes)).map(([name, value]) => [
      name,
      VERIFIED_FLAGS.includes(name) ? value === 'true' : value,
    ]),
  );

/** What is suppressed and changed at once is suppressed. */
const apply = ({ claims, suppressed }: TokenChange, before: JsonObject, fixed: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries({ ...before, ...claims, ...fixed }).filter(([name]) => !suppressed.includes(name)),
  );

/** `common` has the claims of both tokens. */
export const identityClaims = (
  { client, user }: TokenRequest,
  { identity, groups }: Overrides,
  common: JsonObject,
): JsonObject =>
  apply(
    identity,
    { ...attributeClaims(client, user), ...groups },
    { ...common, 'cognito:username': user.username, aud: client.id, token_use: 'id' },
  );

const scopeClaim = ({ added, suppressed }: Overrides['scopes']): JsonObject => {
  const scopes = [...new Set([USER_SCOPE, ...added])].filter((scope) => !suppressed.includes(scope));
  return scopes.length > 0 ? { scope: scopes.join(' ') } : {};
};

/**
 * `aud` can be added if it is the app client's id. AWS documents that much, and not what becomes of another one; here it is
 * left out. Nor does it document what an access token without any scope has; here it has no claim `scope`.
 */
export const accessClaims = (
  { client, user }: TokenRequest,
  { access, scopes, groups }: Overrides,
  common: JsonObject,
): JsonObject => {
  const { aud, ...claims } = access.claims;
  const groupNames = groups['cognito:groups'];
  return apply(
    { claims: { ...claims, ...(aud === client.id ? { aud } : {}) }, suppressed: access.suppressed },
    groupNames === undefined ? {} : { 'cognito:groups': groupNames },
    { ...common, client_id: client.id, token_use: 'access', ...scopeClaim(scopes), username: user.username },
  );
};
