import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  CognitoIdentityProviderClient,
  type CognitoIdentityProviderClientConfig,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { createPoolApi } from '../../../../shared/pool/cognito-pool.ts';
import type { Json } from '../../../../shared/pool/json.ts';
import { POOL_ID } from '../../../support/pools/pools.ts';

// What is sent and what is answered, as bytes: the SDK itself reads and writes here.

interface Sent {
  readonly operation: string;
  readonly body: Json;
}

type Handler = NonNullable<CognitoIdentityProviderClientConfig['requestHandler']>;

const connect = (answer: (sent: Sent) => { readonly status?: number; readonly body: unknown }) => {
  const sent: Sent[] = [];
  const handle = async (request: { headers: Record<string, string>; body: Uint8Array }) => {
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    sent.push({ operation, body: JSON.parse(new TextDecoder().decode(request.body)) as Json });
    const { status = 200, body } = answer(sent.at(-1) as Sent);
    const text = JSON.stringify(body);
    const halves = [text.slice(0, 7), text.slice(7)].map((half) => Buffer.from(half));
    const headers = { 'content-type': 'application/x-amz-json-1.1' };
    return { response: { statusCode: status, headers, body: Readable.from(halves) } };
  };
  const client = new CognitoIdentityProviderClient({
    region: 'eu-west-1',
    endpoint: 'http://127.0.0.1:1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
    requestHandler: {
      handle,
      httpHandlerConfigs: () => ({}),
      updateHttpClientConfig: () => undefined,
    } as Handler,
  });
  return { api: createPoolApi(client, POOL_ID), sent };
};

test('the SDK is imported by the adapter alone, so that constructs can know the rest', () => {
  const folder = join(import.meta.dirname, '../../../../shared/pool');
  const users = globSync('**/*.ts', { cwd: folder }).filter((file) =>
    readFileSync(join(folder, file), 'utf8').includes('@aws-sdk'),
  );

  expect(users).toEqual(['cognito-pool.ts']);
});

describe('describePool', () => {
  test('gives the pool as it was sent, dates and what the SDK does not know included', async () => {
    const UserPool = {
      Name: 'customers',
      LastModifiedDate: 1_700_000_000.5,
      LambdaConfig: { PreSignUp: 'arn:1', NewPlace: 'arn:2' },
      NewThing: { A: 1 },
    };
    const { api, sent } = connect(() => ({ body: { UserPool } }));

    expect(await api.describePool()).toEqual({
      properties: UserPool,
      unknown: ['LambdaConfig.NewPlace', 'NewThing'],
    });
    expect(sent).toEqual([{ operation: 'DescribeUserPool', body: { UserPoolId: POOL_ID } }]);
  });

  test('names what is unknown in a list', async () => {
    const RecoveryMechanisms = [
      { Name: 'admin_only', Priority: 1 },
      { Name: 'new', Priority: 2, Delay: 3 },
    ];
    const { api } = connect(() => ({
      body: { UserPool: { AccountRecoverySetting: { RecoveryMechanisms } } },
    }));

    expect((await api.describePool()).unknown).toEqual(['AccountRecoverySetting.RecoveryMechanisms.1.Delay']);
  });

  test('takes null for absent, at every depth', async () => {
    const UserPool = { Name: 'customers', NewThing: null, LambdaConfig: { NewPlace: null } };
    const { api } = connect(() => ({ body: { UserPool } }));

    expect(await api.describePool()).toEqual({
      properties: { Name: 'customers', LambdaConfig: {} },
      unknown: [],
    });
  });

  test('keeps every tag', async () => {
    const UserPoolTags = { 'aws:cloudformation:stack-name': 'a', 'my.tag': 'b' };
    const { api } = connect(() => ({ body: { UserPool: { UserPoolTags } } }));

    expect(await api.describePool()).toEqual({ properties: { UserPoolTags }, unknown: [] });
  });

  test.each([[{}], [{ UserPool: null }], [{ UserPool: {} }]])(
    'fails rather than take %j for a pool without settings',
    async (body) => {
      const { api } = connect(() => ({ body }));

      await expect(api.describePool()).rejects.toMatchObject({ name: 'EmptyAnswer' });
    },
  );

  test('throws the errors of the API by their names', async () => {
    const { api } = connect(() => ({
      status: 400,
      body: { __type: 'ResourceNotFoundException', message: 'no' },
    }));

    await expect(api.describePool()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

test('describeClient gives the client as it was sent, without its secret', async () => {
  const UserPoolClient = {
    ClientId: 'web',
    TokenValidityUnits: { AccessToken: 'hours', NewToken: 'days' },
    NewThing: [1],
  };
  const { api, sent } = connect(() => ({
    body: { UserPoolClient: { ...UserPoolClient, ClientSecret: 'secret' } },
  }));

  expect(await api.describeClient('web')).toEqual({
    properties: UserPoolClient,
    unknown: ['TokenValidityUnits.NewToken', 'NewThing'],
  });
  expect(sent[0]?.body).toEqual({ UserPoolId: POOL_ID, ClientId: 'web' });
});

test('describeMfa gives the answer as it was sent', async () => {
  const answer = {
    MfaConfiguration: 'ON',
    WebAuthnConfiguration: { NewThing: 1 },
    SmsMfaConfiguration: null,
  };
  const { api } = connect(() => ({ body: answer }));

  expect(await api.describeMfa()).toEqual({
    MfaConfiguration: 'ON',
    WebAuthnConfiguration: { NewThing: 1 },
  });
});

test('clientIds reads all pages', async () => {
  const { api, sent } = connect(({ body: { NextToken } }) => ({
    body: NextToken
      ? { UserPoolClients: [{ ClientId: 'c' }] }
      : { UserPoolClients: [{ ClientId: 'a' }, { ClientId: 'b' }], NextToken: 'more' },
  }));

  expect(await api.clientIds()).toEqual(['a', 'b', 'c']);
  expect(sent.map(({ body }) => body.NextToken)).toEqual([undefined, 'more']);
});

test('updates say which pool and which client', async () => {
  const { api, sent } = connect(() => ({ body: {} }));

  await api.updatePool({ PoolName: 'customers', LambdaConfig: {} });
  await api.updateClient('web', { ClientName: 'web-app', WriteAttributes: ['name'] });

  expect(sent).toEqual([
    { operation: 'UpdateUserPool', body: { UserPoolId: POOL_ID, PoolName: 'customers', LambdaConfig: {} } },
    {
      operation: 'UpdateUserPoolClient',
      body: { UserPoolId: POOL_ID, ClientId: 'web', ClientName: 'web-app', WriteAttributes: ['name'] },
    },
  ]);
});

test('two calls at once keep their answers apart', async () => {
  const { api } = connect(({ body }) => ({ body: { UserPoolClient: { ClientName: body.ClientId } } }));

  const found = await Promise.all(['a', 'b'].map((id) => api.describeClient(id)));

  expect(found.map(({ properties }) => properties.ClientName)).toEqual(['a', 'b']);
});
