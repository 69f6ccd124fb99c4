/** UpdateUserPoolClient: everything that the request leaves out gets its default. */
import type { Operation } from '../../../../../ground/service.ts';
import { clientId, readInput, userPoolId } from '../../../input.ts';
import { acceptClient } from '../../../pools/client-rules.ts';
import type { Pools } from '../../../pools/pools.ts';
import { readClientUpdate, updatedClient } from '../../../pools/requests.ts';
import type { BeforeWrite } from '../../../pools/seams.ts';
import { keptUnknown } from '../../../pools/unknown-properties.ts';
import type { ClientSecrets } from '../../../tokens/client-secrets.ts';
import type { Directory } from '../../../users/directory.ts';
import { describeClient } from './describe-user-pool-client.ts';

const schema = { UserPoolId: userPoolId, ClientId: clientId };

export const createUpdateUserPoolClient =
  (directory: Directory, pools: Pools, secrets: ClientSecrets, beforeWrite: BeforeWrite): Operation =>
  (input) => {
    const { UserPoolId, ClientId } = readInput(input, schema);
    const update = readClientUpdate(input);
    const { pool, client } = directory.clientOf(UserPoolId, ClientId);
    acceptClient(pool, { ...update, GenerateSecret: client.hasSecret }, 'updating');
    beforeWrite('UpdateUserPoolClient');
    pools.writeClient(client.id, {
      properties: updatedClient(client.properties, update),
      unknown: keptUnknown(client.unknown, input),
    });
    return { UserPoolClient: describeClient(secrets, directory.clientOf(UserPoolId, ClientId)) };
  };
