/** A random pool in a Cognito in memory. */
import type { JsonObject } from '../../../local/ground/service.ts';
import { createPoolApi } from '../../../shared/pool/cognito-pool.ts';
import { type Json, jsonObject } from '../../../shared/pool/json.ts';
import type { PoolApi } from '../../../shared/pool/pool-api.ts';
import { createMemoryClient } from './memory-client.ts';
import { createMemoryCognito } from './memory-cognito.ts';
import type { RandomPool } from './random-pools.ts';

const undated = (properties: unknown): Json => {
  const { LastModifiedDate: _, ...rest } = jsonObject(properties);
  return rest;
};

/** The calls of `PoolApi` without the SDK, which takes most of the time. It takes everything for known. */
const directApi = (call: (operation: string, input?: JsonObject) => Promise<JsonObject>): PoolApi => ({
  describePool: async () => ({
    properties: jsonObject((await call('DescribeUserPool')).UserPool),
    unknown: [],
  }),
  describeMfa: () => call('GetUserPoolMfaConfig'),
  clientIds: async () => {
    const { UserPoolClients } = await call('ListUserPoolClients', { MaxResults: 60 });
    return (UserPoolClients as readonly { readonly ClientId: string }[]).map(({ ClientId }) => ClientId);
  },
  describeClient: async (ClientId) => {
    const { UserPoolClient } = await call('DescribeUserPoolClient', { ClientId });
    return { properties: jsonObject(UserPoolClient), unknown: [] };
  },
  updatePool: async (input) => void (await call('UpdateUserPool', { ...input })),
  updateClient: async (ClientId, input) => void (await call('UpdateUserPoolClient', { ...input, ClientId })),
});

export const createdPool = async ({ creation, factors, systemTags, clients }: RandomPool) => {
  const cognito = createMemoryCognito();
  const UserPoolId = await cognito.createPool(creation as JsonObject);
  if (factors !== undefined) {
    const { MfaConfiguration = 'OFF', SmsConfiguration } = creation;
    const sms = SmsConfiguration === undefined ? {} : { SmsMfaConfiguration: { SmsConfiguration } };
    await cognito.call('SetUserPoolMfaConfig', { UserPoolId, MfaConfiguration, ...sms, ...factors });
  }
  for (const [key, value] of Object.entries(systemTags)) cognito.seams.setSystemTag(UserPoolId, key, value);
  const clientIds: string[] = [];
  for (const client of clients) clientIds.push(await cognito.createClient(UserPoolId, client as JsonObject));

  const operations: string[] = [];
  const call = (operation: string, input: JsonObject = {}) => {
    operations.push(operation);
    return cognito.call(operation, { ...input, UserPoolId });
  };
  return {
    seams: cognito.seams,
    poolId: UserPoolId,
    clientIds,
    api: directApi(call),
    /** Through the SDK, with the adapter that attach uses. */
    sdkApi: () =>
      createPoolApi(
        createMemoryClient({ call: (operation, input) => call(operation, input) }).client,
        UserPoolId,
      ),
    updates: () => operations.filter((operation) => operation.startsWith('Update')).length,
    /** All that the API says of the pool, its factors and its clients, without the dates of their changes. */
    content: async () => {
      const found: Record<string, Json> = {
        pool: undated((await call('DescribeUserPool')).UserPool),
        mfa: await call('GetUserPoolMfaConfig'),
      };
      for (const ClientId of clientIds) {
        found[ClientId] = undated((await call('DescribeUserPoolClient', { ClientId })).UserPoolClient);
      }
      return found;
    },
  };
};
