/** ListUserPoolClients, in the order of the template. The token names the first client of the next page. */
import type { Operation } from '../../../../../ground/service.ts';
import { invalidParameter } from '../../../errors.ts';
import { integer, readInput, text, userPoolId } from '../../../input.ts';
import type { Directory } from '../../../users/directory.ts';

const PAGE_SIZE = 60;

const schema = {
  UserPoolId: userPoolId,
  MaxResults: integer({ min: 1, max: PAGE_SIZE }),
  NextToken: text({ min: 1 }),
};

export const createListUserPoolClients =
  (directory: Directory): Operation =>
  (input) => {
    const { UserPoolId, MaxResults = PAGE_SIZE, NextToken } = readInput(input, schema);
    const clients = [...directory.pool(UserPoolId).clients.values()];
    const start = NextToken === undefined ? 0 : clients.findIndex(({ id }) => id === NextToken);
    if (start === -1) throw invalidParameter('Invalid pagination token.');

    const next = clients[start + MaxResults];
    const named = clients.slice(start, start + MaxResults).map(({ id, description }) => ({
      ClientId: id,
      UserPoolId,
      ClientName: description.ClientName,
    }));
    return { UserPoolClients: named, ...(next === undefined ? {} : { NextToken: next.id }) };
  };
