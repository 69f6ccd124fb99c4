import {
  DescribeUserPoolCommand,
  paginateListUserPoolClients,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import { createMemoryClient } from '../../../../../support/pools/memory-client.ts';
import { createMemoryCognito } from '../../../../../support/pools/memory-cognito.ts';

test('the SDK reads and writes a pool in memory, and drops what it does not know', async () => {
  const cognito = createMemoryCognito();
  const { client, calls } = createMemoryClient(cognito);
  const UserPoolId = await cognito.createPool({ PoolName: 'shop' });
  cognito.seams.setUnknownProperty(UserPoolId, 'NewGuard', { Mode: 'ON' });

  const { UserPool } = await client.send(new DescribeUserPoolCommand({ UserPoolId }));
  await client.send(new UpdateUserPoolCommand({ UserPoolId, MfaConfiguration: 'OFF' }));

  expect(UserPool).toMatchObject({ Name: 'shop', LastModifiedDate: expect.any(Date) });
  expect(UserPool).not.toHaveProperty('NewGuard');
  expect(calls.map(({ operation }) => operation)).toEqual(['DescribeUserPool', 'UpdateUserPool']);
  expect((await cognito.call('DescribeUserPool', { UserPoolId })).UserPool).not.toHaveProperty('NewGuard');
});

test('errors have their names, and a test may break the connection', async () => {
  const cognito = createMemoryCognito();
  const describeNothing = new DescribeUserPoolCommand({ UserPoolId: 'eu-central-1_Nowhere' });
  const broken = createMemoryClient(cognito, () => {
    throw new Error('the connection broke');
  });

  await expect(createMemoryClient(cognito).client.send(describeNothing)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'User pool eu-central-1_Nowhere does not exist.',
  });
  await expect(broken.client.send(describeNothing)).rejects.toThrow('the connection broke');
});

test('clients come in pages', async () => {
  const cognito = createMemoryCognito();
  const { client, calls } = createMemoryClient(cognito);
  const UserPoolId = await cognito.createPool();
  for (let number = 0; number < 130; number += 1) await cognito.createClient(UserPoolId);

  const found: unknown[] = [];
  for await (const page of paginateListUserPoolClients({ client }, { UserPoolId }))
    found.push(...(page.UserPoolClients ?? []));

  expect(found).toHaveLength(130);
  expect(calls).toHaveLength(3);
});
