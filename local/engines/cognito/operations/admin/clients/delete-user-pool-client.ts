/** DeleteUserPoolClient. The tokens that it has given lead nowhere from then on. */
import type { Operation } from '../../../../../ground/service.ts';
import { clientId, readInput, userPoolId } from '../../../input.ts';
import type { Pools } from '../../../pools/pools.ts';
import type { Directory } from '../../../users/directory.ts';

const schema = { UserPoolId: userPoolId, ClientId: clientId };

export const createDeleteUserPoolClient =
  (directory: Directory, pools: Pools): Operation =>
  (input) => {
    const { UserPoolId, ClientId } = readInput(input, schema);
    pools.deleteClient(directory.clientOf(UserPoolId, ClientId).client.id);
    return {};
  };
