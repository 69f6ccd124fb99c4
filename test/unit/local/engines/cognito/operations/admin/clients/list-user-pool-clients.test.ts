import { describe, expect, test } from 'vitest';
import { CLIENT_ID, createFixture, POOL_ID } from '../../../fixture.ts';

describe('ListUserPoolClients', () => {
  const list = (input = {}) => createFixture().call('ListUserPoolClients', { UserPoolId: POOL_ID, ...input });
  const named = (ClientId: string) => expect.objectContaining({ ClientId, UserPoolId: POOL_ID });

  test('names all clients of the pool', async () => {
    expect(await list()).toEqual({ UserPoolClients: [named(CLIENT_ID), named('other')] });
  });

  test('gives the rest on further pages', async () => {
    expect(await list({ MaxResults: 1 })).toEqual({
      UserPoolClients: [named(CLIENT_ID)],
      NextToken: 'other',
    });
    expect(await list({ NextToken: 'other' })).toEqual({ UserPoolClients: [named('other')] });
  });

  test('refuses a token that it has not given', async () => {
    await expect(list({ NextToken: 'made-up' })).rejects.toMatchObject({ code: 'InvalidParameterException' });
  });
});
