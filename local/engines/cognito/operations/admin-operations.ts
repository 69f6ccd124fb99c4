/** The operations that take AWS credentials: what servers and administrators call. */
import type { Operation, Operations } from '../../../ground/service.ts';
import type { Groups } from '../groups/groups.ts';
import type { Memberships } from '../groups/memberships.ts';
import type { WelcomeUser } from '../groups/template-members.ts';
import type { Pools } from '../pools/pools.ts';
import type { BeforeWrite } from '../pools/seams.ts';
import type { PoolTriggers } from '../sign-in/pool-triggers.ts';
import type { ClientSecrets } from '../tokens/client-secrets.ts';
import type { Tokens } from '../tokens/tokens.ts';
import type { DeleteUser } from '../users/deletion.ts';
import type { Directory } from '../users/directory.ts';
import type { Users } from '../users/users.ts';
import { createAdminConfirmSignUp } from './admin/admin-confirm-sign-up.ts';
import { createAdminCreateUser } from './admin/admin-create-user.ts';
import { createAdminDeleteUser } from './admin/admin-delete-user.ts';
import { createAdminDeleteUserAttributes } from './admin/admin-delete-user-attributes.ts';
import { createAdminDisableUser } from './admin/admin-disable-user.ts';
import { createAdminEnableUser } from './admin/admin-enable-user.ts';
import { createAdminGetUser } from './admin/admin-get-user.ts';
import { createAdminGetUserAuthFactors } from './admin/admin-get-user-auth-factors.ts';
import { createAdminSetUserPassword } from './admin/admin-set-user-password.ts';
import { createAdminUpdateUserAttributes } from './admin/admin-update-user-attributes.ts';
import { createAdminUserGlobalSignOut } from './admin/admin-user-global-sign-out.ts';
import { createGroupOperations } from './admin/groups/group-operations.ts';
import { createListUsers } from './admin/list-users.ts';
import { createPoolOperations } from './admin/pools/pool-operations.ts';
import { createAdminInitiateAuth } from './admin/sign-in/admin-initiate-auth.ts';
import { createAdminRespondToAuthChallenge } from './admin/sign-in/admin-respond-to-auth-challenge.ts';

export interface AdminDependencies {
  readonly pools: Pools;
  readonly directory: Directory;
  readonly users: Users;
  readonly memberships: Memberships;
  readonly groups: Groups;
  readonly welcome: WelcomeUser;
  readonly tokens: Tokens;
  readonly secrets: ClientSecrets;
  readonly poolTriggers: PoolTriggers;
  readonly deleteUser: DeleteUser;
  readonly beforeWrite: BeforeWrite;
  readonly initiateAuth: Operation;
  readonly respondToAuthChallenge: Operation;
}

const createUserOperations = ({
  directory,
  users,
  memberships,
  groups,
  welcome,
  tokens,
  poolTriggers,
  deleteUser,
  initiateAuth,
  respondToAuthChallenge,
}: AdminDependencies): Operations => ({
  ...createGroupOperations(directory, users, groups, memberships),
  AdminConfirmSignUp: createAdminConfirmSignUp(directory, users),
  AdminCreateUser: createAdminCreateUser(directory, users, welcome, poolTriggers),
  AdminDeleteUser: createAdminDeleteUser(directory, users, deleteUser),
  AdminDeleteUserAttributes: createAdminDeleteUserAttributes(directory, users),
  AdminDisableUser: createAdminDisableUser(directory, users, tokens),
  AdminEnableUser: createAdminEnableUser(directory, users),
  AdminGetUser: createAdminGetUser(directory, users),
  AdminGetUserAuthFactors: createAdminGetUserAuthFactors(directory, users),
  AdminInitiateAuth: createAdminInitiateAuth(directory, initiateAuth),
  AdminRespondToAuthChallenge: createAdminRespondToAuthChallenge(directory, respondToAuthChallenge),
  AdminSetUserPassword: createAdminSetUserPassword(directory, users),
  AdminUpdateUserAttributes: createAdminUpdateUserAttributes(directory, users),
  AdminUserGlobalSignOut: createAdminUserGlobalSignOut(directory, users, tokens),
  ListUsers: createListUsers(directory, users),
});

export const createAdminOperations = (deps: AdminDependencies): Operations => ({
  ...createPoolOperations(deps),
  ...createUserOperations(deps),
});
