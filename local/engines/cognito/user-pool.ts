/**
 * Amazon Cognito user pools on this machine: the part of the service that custom authentication with SRP needs, and what apps call
 * around a sign-in. It plays the operations in `operations/`, and refuses the API's others by name.
 */
import type { Clock } from '../../ground/clock.ts';
import type { Operations } from '../../ground/service.ts';
import type { State } from '../../ground/state.ts';
import { createGroups } from './groups/groups.ts';
import { createMemberships } from './groups/memberships.ts';
import { createWelcome, followTemplateMembers } from './groups/template-members.ts';
import { createAdminOperations } from './operations/admin-operations.ts';
import { createChangePassword } from './operations/change-password.ts';
import { createDeleteUser } from './operations/delete-user.ts';
import { createDeleteUserAttributes } from './operations/delete-user-attributes.ts';
import { createGetTokensFromRefreshToken } from './operations/get-tokens-from-refresh-token.ts';
import { createGetUser } from './operations/get-user.ts';
import { createGetUserAuthFactors } from './operations/get-user-auth-factors.ts';
import { createGlobalSignOut } from './operations/global-sign-out.ts';
import { createInitiateAuth } from './operations/initiate-auth.ts';
import { createRespondToAuthChallenge } from './operations/respond-to-auth-challenge.ts';
import { createRevokeToken } from './operations/revoke-token.ts';
import { createUpdateUserAttributes } from './operations/update-user-attributes.ts';
import type { PoolDefinition } from './pool.ts';
import { createPools } from './pools/pools.ts';
import { createSeams, type PoolSeams } from './pools/seams.ts';
import { refusedOperations } from './refused-operations.ts';
import { createChallengeAnswers } from './sign-in/challenge-answers.ts';
import { createChallengeTriggers } from './sign-in/challenge-triggers.ts';
import { createCustomAuth, type PendingSignIn } from './sign-in/custom-auth.ts';
import { createLockout } from './sign-in/lockout.ts';
import { createPoolTriggers } from './sign-in/pool-triggers.ts';
import { createSessions } from './sign-in/sessions.ts';
import { createTriggerCaller, type TriggerInvoke } from './sign-in/triggers.ts';
import { createAccessTokenReader } from './tokens/access-tokens.ts';
import { createClientSecrets } from './tokens/client-secrets.ts';
import { createKeys } from './tokens/keys.ts';
import { createRefresh } from './tokens/refresh.ts';
import { createRevocations } from './tokens/revocations.ts';
import { createTokens } from './tokens/tokens.ts';
import { createWellKnown, type WellKnown } from './tokens/well-known.ts';
import { createDeletion } from './users/deletion.ts';
import { createDirectory } from './users/directory.ts';
import { createSignedInUsers } from './users/signed-in-users.ts';
import { createSubjects } from './users/subjects.ts';
import { createUsers } from './users/users.ts';

export interface UserPoolsDependencies {
  /** Those of the template. The API can make others, and change these. */
  readonly pools: readonly PoolDefinition[];
  readonly state: State;
  readonly clock: Clock;
  readonly invoke: TriggerInvoke;
  readonly region: string;
  /** For the ARNs of the pools that the API makes. */
  readonly accountId: string;
  /** Returns the endpoint's URL without a slash at the end. A function, because the port may be chosen late. */
  readonly issuerBase: () => string;
}

export interface UserPools {
  readonly operations: Operations;
  readonly wellKnown: WellKnown;
  readonly seams: PoolSeams;
}

/** Throws CommandError that names each property of a pool or client of the template that is not supported. */
export const createUserPools = (deps: UserPoolsDependencies): UserPools => {
  const { state, clock, invoke, region, accountId, issuerBase } = deps;
  const now = () => clock.now();
  const issuerOf = (poolId: string) => `${issuerBase()}/${poolId}`;

  const pools = createPools({ state, now, region, accountId, definitions: deps.pools });
  const directory = createDirectory(pools.all);
  const { seams, beforeWrite } = createSeams(pools, directory);
  const keys = createKeys(state);
  const secrets = createClientSecrets(keys);
  const users = createUsers(state, now);
  const memberships = createMemberships(state);
  const groups = createGroups(state, memberships, now);
  const welcome = createWelcome(users, memberships);
  for (const pool of pools.all()) {
    groups.followTemplate(pool);
    followTemplateMembers(pool, users, memberships, welcome);
  }
  const findSubject = createSubjects(users, keys);
  const sessions = createSessions<PendingSignIn>(state, keys, now);
  const lockout = createLockout(state, now);
  const callTrigger = createTriggerCaller(invoke, clock, region);
  const triggers = createChallengeTriggers(callTrigger);
  const poolTriggers = createPoolTriggers(callTrigger);
  const revocations = createRevocations(state, now);
  const tokens = createTokens({ state, keys, groups, users, revocations, clock, callTrigger, issuerOf });
  const customAuth = createCustomAuth(triggers, sessions, tokens, poolTriggers);
  const answers = createChallengeAnswers({ users, triggers, customAuth, lockout, now });
  const refresh = createRefresh(users, tokens);
  const readAccessToken = createAccessTokenReader(directory, keys, revocations, now);

  const findSignedInUser = createSignedInUsers(readAccessToken, users);
  const deleteUser = createDeletion(users, memberships, lockout);
  const initiateAuth = createInitiateAuth({
    directory,
    findSubject,
    customAuth,
    answers,
    refresh,
    secrets,
    poolTriggers,
  });
  const respondToAuthChallenge = createRespondToAuthChallenge({
    directory,
    findSubject,
    sessions,
    answers,
    secrets,
  });

  return {
    operations: {
      ...refusedOperations,
      ...createAdminOperations({
        pools,
        directory,
        users,
        memberships,
        groups,
        welcome,
        tokens,
        secrets,
        poolTriggers,
        deleteUser,
        beforeWrite,
        initiateAuth,
        respondToAuthChallenge,
      }),
      ChangePassword: createChangePassword(findSignedInUser, users),
      DeleteUser: createDeleteUser(findSignedInUser, deleteUser),
      DeleteUserAttributes: createDeleteUserAttributes(findSignedInUser, users),
      GetTokensFromRefreshToken: createGetTokensFromRefreshToken(directory, refresh, secrets),
      GetUser: createGetUser(findSignedInUser),
      GetUserAuthFactors: createGetUserAuthFactors(findSignedInUser),
      GlobalSignOut: createGlobalSignOut(findSignedInUser, tokens),
      InitiateAuth: initiateAuth,
      RespondToAuthChallenge: respondToAuthChallenge,
      RevokeToken: createRevokeToken(directory, tokens, secrets),
      UpdateUserAttributes: createUpdateUserAttributes(findSignedInUser, users),
    },
    wellKnown: createWellKnown(directory, keys, issuerOf),
    seams,
  };
};
