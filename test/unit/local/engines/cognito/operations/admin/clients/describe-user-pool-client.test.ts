import { describe, expect, test } from 'vitest';
import { awsError, CLIENT_ID, createFixture, POOL_ID } from '../../../fixture.ts';

describe('DescribeUserPoolClient', () => {
  test('shows what the client allows', async () => {
    const fixture = createFixture({ client: { ClientName: 'web' } });

    const { UserPoolClient } = await fixture.call('DescribeUserPoolClient', {
      UserPoolId: POOL_ID,
      ClientId: CLIENT_ID,
    });

    expect(UserPoolClient).toMatchObject({
      UserPoolId: POOL_ID,
      ClientId: CLIENT_ID,
      ClientName: 'web',
      ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    });
  });

  test('knows no client that the pool has not', async () => {
    const request = { UserPoolId: POOL_ID, ClientId: 'nobody' };

    await expect(createFixture().call('DescribeUserPoolClient', request)).rejects.toMatchObject(
      awsError('ResourceNotFoundException', 'User pool client nobody does not exist.'),
    );
  });
});
