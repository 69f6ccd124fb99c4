import { CognitoIdentityProviderClient, GetUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import {
  createEndpoint,
  type EndpointCall,
  type EndpointServices,
} from '../../../../local/ground/endpoint.ts';
import { AwsError } from '../../../../local/ground/service.ts';
import { clientSettings } from '../../../../local/system.ts';
import { type Received, type Sent, send } from './send.ts';

const UUID = /^[0-9a-f-]{36}$/;

const anEndpoint = async (mounted = true) => {
  const calls: EndpointCall[] = [];
  const served: string[] = [];
  const refuse = () => {
    throw new AwsError('NotAuthorizedException', 'no');
  };
  const services: EndpointServices = {
    json: { AWSCognitoIdentityProviderService: { GetUser: refuse }, Notes: { Echo: (input) => input } },
    raw: {
      Raw: (_, response) => void response.end(),
      Numbered: (_, response) => void response.setHeader('x-amzn-RequestId', 'ITS-OWN').end(),
    },
    routes: [
      ({ path, requestId }) => {
        served.push(requestId);
        return path === '/page' ? { status: 200, body: '' } : undefined;
      },
    ],
    onCall: (call) => calls.push(call),
  };
  const endpoint = await createEndpoint(0);
  if (mounted) endpoint.mount(services);
  return { ...endpoint, calls, served, [Symbol.asyncDispose]: () => endpoint.close() };
};

const idOf = ({ headers }: Received) => headers['x-amzn-requestid'];

const KINDS: readonly (readonly [string, Sent])[] = [
  ['an operation', { target: 'Notes.Echo' }],
  ['a refusal', { target: 'AWSCognitoIdentityProviderService.GetUser' }],
  ['an unknown operation', { target: 'Notes.Unknown' }],
  ['a page', { method: 'GET', path: '/page' }],
  ['a path that nothing is served at', { method: 'GET', path: '/nothing' }],
  ['a service that speaks HTTP itself', { target: 'Raw.Anything' }],
  ['a request that is too large', { target: 'Notes.Echo', body: Buffer.alloc(7 * 1024 * 1024) }],
  ['a host that is refused', { target: 'Notes.Echo', headers: { host: 'evil.example.com' } }],
  ['an origin that is refused', { target: 'Notes.Echo', headers: { origin: 'null' } }],
];

test.each(KINDS)('the response to %s has an id of its own, which is told of the call', async (_, sent) => {
  await using endpoint = await anEndpoint();

  const ids = [idOf(await send(endpoint.url, sent)), idOf(await send(endpoint.url, sent))];

  expect(ids).toEqual([expect.stringMatching(UUID), expect.stringMatching(UUID)]);
  expect(new Set(ids).size).toBe(2);
  expect(endpoint.calls.map(({ requestId }) => requestId)).toEqual(ids);
});

test('a response has an id before the services are there', async () => {
  await using endpoint = await anEndpoint(false);

  expect(idOf(await send(endpoint.url))).toMatch(UUID);
});

test('a service that numbers its requests itself keeps its ids', async () => {
  await using endpoint = await anEndpoint();

  const reply = await send(endpoint.url, { target: 'Numbered.Anything' });

  expect(idOf(reply)).toBe('ITS-OWN');
  expect(endpoint.calls).toMatchObject([{ requestId: 'ITS-OWN' }]);
});

test('whoever serves a request knows its id', async () => {
  await using endpoint = await anEndpoint();

  const reply = await send(endpoint.url, { path: '/page' });

  expect(endpoint.served).toEqual([idOf(reply)]);
});

test('AWS’s own client tells the id of an error', async () => {
  await using endpoint = await anEndpoint();
  const client = new CognitoIdentityProviderClient(clientSettings(endpoint.url));

  const error = await client.send(new GetUserCommand({ AccessToken: 'x' })).catch((thrown) => thrown);

  expect(error.name).toBe('NotAuthorizedException');
  expect(error.$metadata.requestId).toBe(endpoint.calls[0]?.requestId);
});
