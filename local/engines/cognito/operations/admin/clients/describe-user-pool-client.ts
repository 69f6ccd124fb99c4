/** DescribeUserPoolClient: an app client as it stands, and its secret, which only the operations that write it show too. */
import type { JsonObject, Operation } from '../../../../../ground/service.ts';
import { clientId, readInput, userPoolId } from '../../../input.ts';
import { withUnknown } from '../../../pools/unknown-properties.ts';
import type { ClientSecrets } from '../../../tokens/client-secrets.ts';
import type { ClientInPool, Directory } from '../../../users/directory.ts';

const schema = { UserPoolId: userPoolId, ClientId: clientId };

export const describeClient = (secrets: ClientSecrets, { pool, client }: ClientInPool): JsonObject => {
  const ClientSecret = secrets.of(pool, client);
  const described = {
    ...client.description,
    UserPoolId: pool.id,
    ...(ClientSecret === undefined ? {} : { ClientSecret }),
    CreationDate: client.createdAt / 1000,
    LastModifiedDate: client.modifiedAt / 1000,
  };
  return withUnknown(described, client.unknown);
};

export const createDescribeUserPoolClient =
  (directory: Directory, secrets: ClientSecrets): Operation =>
  (input) => {
    const { UserPoolId, ClientId } = readInput(input, schema);
    return { UserPoolClient: describeClient(secrets, directory.clientOf(UserPoolId, ClientId)) };
  };
