/**
 * Amazon Cognito user pools on this machine: the part of the service that custom authentication with SRP needs.
 * It supports the operations in `operations/` and refuses all others.
 */
import type { Clock } from '../../ground/clock.ts';
import type { Operations } from '../../ground/service.ts';
import type { State } from '../../ground/state.ts';
import { createAdminCreateUser } from './operations/admin/admin-create-user.ts';
import { createAdminDisableUser } from './operations/admin/admin-disable-user.ts';
import { createAdminEnableUser } from './operations/admin/admin-enable-user.ts';
import { createAdminGetUser } from './operations/admin/admin-get-user.ts';
import { createAdminSetUserPassword } from './operations/admin/admin-set-user-password.ts';
import { createAdminUpdateUserAttributes } from './operations/admin/admin-update-user-attributes.ts';
import { createAdminUserGlobalSignOut } from './operations/admin/admin-user-global-sign-out.ts';
import { createDescribeUserPoolClient } from './operations/admin/describe-user-pool-client.ts';
import { createListUserPoolClients } from './operations/admin/list-user-pool-clients.ts';
import { createListUsers } from './operations/admin/list-users.ts';
import { createGetTokensFromRefreshToken } from './operations/get-tokens-from-refresh-token.ts';
import { createGetUser } from './operations/get-user.ts';
import { createGlobalSignOut } from './operations/global-sign-out.ts';
import { createInitiateAuth } from './operations/initiate-auth.ts';
import { createRespondToAuthChallenge } from './operations/respond-to-auth-challenge.ts';
import { createRevokeToken } from './operations/revoke-token.ts';
import { type PoolDefinition, readPool } from './pool.ts';
import { createChallengeAnswers } from './sign-in/challenge-answers.ts';
import { createChallengeTriggers } from './sign-in/challenge-triggers.ts';
import { createCustomAuth, type PendingSignIn } from './sign-in/custom-auth.ts';
import { createLockout } from './sign-in/lockout.ts';
import { createSessions } from './sign-in/sessions.ts';
import { createTriggerCaller, type TriggerInvoke } from './sign-in/triggers.ts';
import { createAccessTokenReader } from './tokens/access-tokens.ts';
import { createKeys } from './tokens/keys.ts';
import { createRefresh } from './tokens/refresh.ts';
import { createRevocations } from './tokens/revocations.ts';
import { createTokens } from './tokens/tokens.ts';
import { createWellKnown, type WellKnown } from './tokens/well-known.ts';
import { createDirectory } from './users/directory.ts';
import { createSubjects } from './users/subjects.ts';
import { createUsers } from './users/users.ts';

export interface UserPoolsDependencies {
  readonly pools: readonly PoolDefinition[];
  readonly state: State;
  readonly clock: Clock;
  readonly invoke: TriggerInvoke;
  readonly region: string;
  /** Returns the endpoint's URL without a slash at the end. A function, because the port may be chosen late. */
  readonly issuerBase: () => string;
}

export interface UserPools {
  readonly operations: Operations;
  readonly wellKnown: WellKnown;
}

/** Throws CommandError that names each property of a pool or client that is not supported. */
export const createUserPools = (deps: UserPoolsDependencies): UserPools => {
  const { state, clock, invoke, region, issuerBase } = deps;
  const pools = deps.pools.map(readPool);
  const now = () => clock.now();
  const issuerOf = (poolId: string) => `${issuerBase()}/${poolId}`;

  const directory = createDirectory(pools);
  const keys = createKeys(state);
  const users = createUsers(state, now);
  const findSubject = createSubjects(users, keys);
  const sessions = createSessions<PendingSignIn>(state, keys, now);
  const lockout = createLockout(state, now);
  const callTrigger = createTriggerCaller(invoke, clock, region);
  const triggers = createChallengeTriggers(callTrigger);
  const revocations = createRevocations(state, now);
  const tokens = createTokens({ state, keys, revocations, clock, callTrigger, issuerOf });
  const customAuth = createCustomAuth(triggers, sessions, tokens);
  const answers = createChallengeAnswers({ users, triggers, customAuth, lockout, now });
  const refresh = createRefresh(users, tokens);
  const readAccessToken = createAccessTokenReader(pools, keys, revocations, now);

  return {
    operations: {
      AdminCreateUser: createAdminCreateUser(directory, users),
      AdminDisableUser: createAdminDisableUser(directory, users, tokens),
      AdminEnableUser: createAdminEnableUser(directory, users),
      AdminGetUser: createAdminGetUser(directory, users),
      AdminSetUserPassword: createAdminSetUserPassword(directory, users),
      AdminUpdateUserAttributes: createAdminUpdateUserAttributes(directory, users),
      AdminUserGlobalSignOut: createAdminUserGlobalSignOut(directory, users, tokens),
      DescribeUserPoolClient: createDescribeUserPoolClient(directory),
      GetTokensFromRefreshToken: createGetTokensFromRefreshToken(directory, refresh),
      GetUser: createGetUser(readAccessToken, users),
      GlobalSignOut: createGlobalSignOut(readAccessToken, users, tokens),
      InitiateAuth: createInitiateAuth({ directory, findSubject, customAuth, refresh }),
      ListUserPoolClients: createListUserPoolClients(directory),
      ListUsers: createListUsers(directory, users),
      RespondToAuthChallenge: createRespondToAuthChallenge({ directory, findSubject, sessions, answers }),
      RevokeToken: createRevokeToken(directory, tokens),
    },
    wellKnown: createWellKnown(pools, keys, issuerOf),
  };
};
