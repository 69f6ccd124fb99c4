import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, test, vi } from 'vitest';
import {
  createEndpoint,
  type EndpointCall,
  type EndpointServices,
} from '../../../../local/ground/endpoint.ts';
import { AwsError } from '../../../../local/ground/service.ts';
import { codeOf, send } from './send.ts';

const MEGABYTE = 1024 * 1024;

const SERVICES: EndpointServices = {
  json: {
    Notes: {
      Echo: (input) => input,
      Refuse: () => {
        throw new AwsError('NotesException', 'not today');
      },
      Break: () => {
        throw new TypeError('of alice@example.com');
      },
    },
  },
  raw: {
    Raw: (incoming: IncomingMessage, response: ServerResponse) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => response.end(`raw ${Buffer.concat(chunks).length}`));
    },
  },
  routes: [
    ({ method, path }) =>
      method === 'GET' && path === '/page' ? { status: 200, body: 'a page' } : undefined,
  ],
};

const anEndpoint = async (services: Partial<EndpointServices> = {}, mounted = true) => {
  const calls: EndpointCall[] = [];
  const endpoint = await createEndpoint(0);
  if (mounted) endpoint.mount({ ...SERVICES, onCall: (call) => calls.push(call), ...services });
  return { ...endpoint, calls, [Symbol.asyncDispose]: () => endpoint.close() };
};

test('listens on loopback alone', async () => {
  await using endpoint = await anEndpoint();

  expect(endpoint.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test('runs the operation that the target names, with the parsed body', async () => {
  await using endpoint = await anEndpoint();

  const reply = await send(endpoint.url, { target: 'Notes.Echo', body: '{"a":"ä"}' });

  expect(reply).toMatchObject({ status: 200, body: '{"a":"ä"}' });
});

test('takes an empty body for an empty input', async () => {
  await using endpoint = await anEndpoint();

  const reply = await send(endpoint.url, { target: 'Notes.Echo' });

  expect(reply).toMatchObject({ status: 200, body: '{}' });
});

test('answers an operation’s refusal as AWS does, in the body and in a header', async () => {
  await using endpoint = await anEndpoint();

  const reply = await send(endpoint.url, { target: 'Notes.Refuse' });

  expect(reply.status).toBe(400);
  expect(codeOf(reply)).toBe('NotesException');
  expect(JSON.parse(reply.body)).toEqual({ __type: 'NotesException', message: 'not today' });
});

describe('answers clearly', () => {
  test.each([['{'], ['"text"'], ['[]'], ['null'], ['7'], ['{"a":1}}'], ['\u0000']])(
    'a body that is no JSON object: %j',
    async (body) => {
      await using endpoint = await anEndpoint();

      const reply = await send(endpoint.url, { target: 'Notes.Echo', body });

      expect(reply).toMatchObject({ status: 400, headers: { 'x-amzn-errortype': 'SerializationException' } });
    },
  );

  test.each([
    ['Notes.Delete'],
    ['Notes'],
    ['Notes.toString'],
    ['Notes.__proto__'],
    ['Other.Echo'],
    ['toString.call'],
    ['constructor.keys'],
    ['__proto__.toString'],
  ])('an operation that is not there: %s', async (target) => {
    await using endpoint = await anEndpoint();

    const reply = await send(endpoint.url, { target, body: '{}' });

    expect(reply).toMatchObject({
      status: 400,
      headers: { 'x-amzn-errortype': 'UnknownOperationException' },
    });
    expect(reply.body).toContain(target.split('.')[0]);
  });

  test('a path that nothing is served at', async () => {
    await using endpoint = await anEndpoint();

    const reply = await send(endpoint.url, { method: 'GET', path: '/nothing' });

    expect(reply).toMatchObject({
      status: 404,
      headers: { 'x-amzn-errortype': 'UnknownOperationException' },
    });
    expect(reply.body).toContain('GET /nothing');
  });

  test.each([['Notes.Echo'], ['Raw.Anything']])('a body that is too large for %s', async (target) => {
    await using endpoint = await anEndpoint();

    const reply = await send(endpoint.url, { target, body: Buffer.alloc(7 * MEGABYTE, 'x') });

    expect(reply).toMatchObject({
      status: 413,
      headers: { 'x-amzn-errortype': 'RequestEntityTooLargeException' },
    });
  });

  test('its own faults, without telling what was in them', async () => {
    await using endpoint = await anEndpoint();
    const terminal = vi.spyOn(console, 'error').mockImplementation(() => {});

    const reply = await send(endpoint.url, { target: 'Notes.Break' });

    expect(reply).toMatchObject({ status: 500, headers: { 'x-amzn-errortype': 'InternalFailure' } });
    expect(reply.body).not.toContain('alice');
    expect(terminal).toHaveBeenCalledTimes(1);
    terminal.mockRestore();
  });

  test('calls that come before it is ready', async () => {
    await using endpoint = await anEndpoint({}, false);

    const reply = await send(endpoint.url, { target: 'Notes.Echo' });

    expect(reply).toMatchObject({
      status: 503,
      headers: { 'x-amzn-errortype': 'ServiceUnavailableException' },
    });
  });
});

describe('a page under another name', () => {
  test.each([['evil.example.com'], ['127.0.0.1.example.com'], ['localhost.example.com:80']])(
    'does not get through as host %j',
    async (host) => {
      await using endpoint = await anEndpoint();

      const reply = await send(endpoint.url, { target: 'Notes.Echo', headers: { host } });

      expect(reply).toMatchObject({ status: 403, headers: { 'x-amzn-errortype': 'AccessDeniedException' } });
    },
  );

  test('is told under which address it is served', async () => {
    await using endpoint = await anEndpoint();
    const headers = { host: 'devbox.example.com:4566', accept: 'text/html' };

    const reply = await send(endpoint.url, { method: 'GET', path: '/page', headers });

    expect(reply.status).toBe(403);
    expect(reply.body).toMatch(new RegExp(`Open it as http://localhost:${new URL(endpoint.url).port}$`));
  });

  test.each([['127.0.0.1'], ['localhost:4566'], ['[::1]:4566']])(
    'is recognized from host %s',
    async (host) => {
      await using endpoint = await anEndpoint();

      const reply = await send(endpoint.url, { target: 'Notes.Echo', headers: { host } });

      expect(reply.status).toBe(200);
    },
  );
});

test('hands whole requests to services that speak HTTP themselves', async () => {
  await using endpoint = await anEndpoint();

  const reply = await send(endpoint.url, { target: 'Raw.Anything', body: 'x'.repeat(100_000) });

  expect(reply).toMatchObject({ status: 200, body: 'raw 100000' });
});

describe('a browser is shown in words, not as a file to save,', () => {
  const headers = { accept: 'text/html,*/*' };

  test.each([
    ['that nothing is there', { path: '/nothing', headers: {} }, /^Nothing is served at GET \/nothing$/],
    ['that it may not', { path: '/page', headers: { origin: 'null' } }, /^A web page of another origin may/],
  ])('%s', async (_, sent, words) => {
    await using endpoint = await anEndpoint();

    const reply = await send(endpoint.url, {
      method: 'GET',
      ...sent,
      headers: { ...headers, ...sent.headers },
    });

    expect(reply.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(reply.body).toMatch(words);
  });

  test('that the system is still starting', async () => {
    await using endpoint = await anEndpoint({}, false);

    const reply = await send(endpoint.url, { method: 'GET', headers });

    expect(reply.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(reply).toMatchObject({ status: 503, body: 'Still starting; try again' });
  });
});

test('counts every call with its caller, operation and status', async () => {
  await using endpoint = await anEndpoint();
  const authorization = 'AWS4-HMAC-SHA256 Credential=verify/20250115/us-east-1/notes/aws4_request';

  await send(endpoint.url, { target: 'Notes.Echo', headers: { authorization } });
  await send(endpoint.url, { target: 'Notes.Refuse' });
  await send(endpoint.url, { method: 'GET', path: '/page' });

  expect(endpoint.calls).toMatchObject([
    { caller: 'verify', operation: 'Notes.Echo', status: 200 },
    { caller: '', operation: 'Notes.Refuse', status: 400 },
    { caller: '', operation: 'GET /page', status: 200 },
  ]);
});

test('says that its port is taken', async () => {
  await using endpoint = await anEndpoint();

  const second = createEndpoint(Number(new URL(endpoint.url).port));

  await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
