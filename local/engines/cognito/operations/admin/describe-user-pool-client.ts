/** DescribeUserPoolClient: an app client as the template has it. */
import type { Operation } from '../../../../ground/service.ts';
import { clientNotFound } from '../../errors.ts';
import { clientId, readInput, userPoolId } from '../../input.ts';
import type { Directory } from '../../users/directory.ts';

const schema = { UserPoolId: userPoolId, ClientId: clientId };

export const createDescribeUserPoolClient =
  (directory: Directory): Operation =>
  (input) => {
    const { UserPoolId, ClientId } = readInput(input, schema);
    const client = directory.pool(UserPoolId).clients.get(ClientId);
    if (client === undefined) throw clientNotFound(ClientId);
    return { UserPoolClient: { ...client.description, UserPoolId } };
  };
