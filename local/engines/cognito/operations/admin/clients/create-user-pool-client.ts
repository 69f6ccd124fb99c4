/** CreateUserPoolClient. A secret that the caller brings (ClientSecret) is refused; one that is generated is played. */
import type { Operation } from '../../../../../ground/service.ts';
import { notImplemented } from '../../../errors.ts';
import { readInput, required, text, userPoolId } from '../../../input.ts';
import { acceptClient } from '../../../pools/client-rules.ts';
import type { Pools } from '../../../pools/pools.ts';
import { readClientCreation } from '../../../pools/requests.ts';
import type { ClientSecrets } from '../../../tokens/client-secrets.ts';
import type { Directory } from '../../../users/directory.ts';
import { describeClient } from './describe-user-pool-client.ts';

const schema = {
  UserPoolId: userPoolId,
  ClientName: required(text({ min: 1, max: 128 })),
  ClientSecret: text(),
};

export const createCreateUserPoolClient =
  (directory: Directory, pools: Pools, secrets: ClientSecrets): Operation =>
  (input) => {
    const { UserPoolId, ClientSecret } = readInput(input, schema);
    const properties = readClientCreation(input);
    const pool = directory.pool(UserPoolId);
    if (ClientSecret !== undefined) throw notImplemented('A ClientSecret of your own', 'Use GenerateSecret');
    acceptClient(pool, properties, 'creating');
    const id = pools.createClient(pool.id, properties);
    return { UserPoolClient: describeClient(secrets, directory.clientOf(pool.id, id)) };
  };
