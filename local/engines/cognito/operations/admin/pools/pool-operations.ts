/** The operations about pools and clients themselves. */
import type { Operations } from '../../../../../ground/service.ts';
import type { Groups } from '../../../groups/groups.ts';
import type { Pools } from '../../../pools/pools.ts';
import type { BeforeWrite } from '../../../pools/seams.ts';
import type { ClientSecrets } from '../../../tokens/client-secrets.ts';
import type { DeleteUser } from '../../../users/deletion.ts';
import type { Directory } from '../../../users/directory.ts';
import type { Users } from '../../../users/users.ts';
import { createCreateUserPoolClient } from '../clients/create-user-pool-client.ts';
import { createDeleteUserPoolClient } from '../clients/delete-user-pool-client.ts';
import { createDescribeUserPoolClient } from '../clients/describe-user-pool-client.ts';
import { createListUserPoolClients } from '../clients/list-user-pool-clients.ts';
import { createUpdateUserPoolClient } from '../clients/update-user-pool-client.ts';
import { createCreateUserPool } from './create-user-pool.ts';
import { createDeleteUserPool } from './delete-user-pool.ts';
import { createDescribeUserPool } from './describe-user-pool.ts';
import { createListUserPools } from './list-user-pools.ts';
import { createGetUserPoolMfaConfig, createSetUserPoolMfaConfig } from './mfa-config.ts';
import { createUpdateUserPool } from './update-user-pool.ts';

export interface PoolOperationsDependencies {
  readonly directory: Directory;
  readonly pools: Pools;
  readonly users: Users;
  readonly groups: Groups;
  readonly secrets: ClientSecrets;
  readonly deleteUser: DeleteUser;
  readonly beforeWrite: BeforeWrite;
}

export const createPoolOperations = (deps: PoolOperationsDependencies): Operations => {
  const { directory, pools, users, secrets, beforeWrite } = deps;
  return {
    CreateUserPool: createCreateUserPool(pools),
    CreateUserPoolClient: createCreateUserPoolClient(directory, pools, secrets),
    DeleteUserPool: createDeleteUserPool(deps),
    DeleteUserPoolClient: createDeleteUserPoolClient(directory, pools),
    DescribeUserPool: createDescribeUserPool(directory, users),
    DescribeUserPoolClient: createDescribeUserPoolClient(directory, secrets),
    GetUserPoolMfaConfig: createGetUserPoolMfaConfig(directory),
    ListUserPoolClients: createListUserPoolClients(directory),
    ListUserPools: createListUserPools(directory),
    SetUserPoolMfaConfig: createSetUserPoolMfaConfig(directory, pools, beforeWrite),
    UpdateUserPool: createUpdateUserPool(directory, pools, beforeWrite),
    UpdateUserPoolClient: createUpdateUserPoolClient(directory, pools, secrets, beforeWrite),
  };
};
