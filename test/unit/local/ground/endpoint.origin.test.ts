import { describe, expect, test, vi } from 'vitest';
import { createEndpoint } from '../../../../local/ground/endpoint.ts';
import { AwsError } from '../../../../local/ground/service.ts';
import { send } from './send.ts';

/** An endpoint with an operation and a document for pages, and with others of each kind that are not. */
const anEndpoint = async () => {
  const done = vi.fn();
  const endpoint = await createEndpoint(0);
  const operation = () => {
    done();
    return {};
  };
  const refuse = () => {
    throw new AwsError('NotAuthorizedException', 'Incorrect username or password.');
  };
  endpoint.mount({
    json: { Pool: { SignIn: operation, Refuse: refuse, AdminSignIn: operation } },
    raw: {
      Table: (_, response) => {
        done();
        response.end('{}');
      },
    },
    routes: [
      ({ path }) => {
        done();
        return { status: 200, body: path };
      },
    ],
    isForPages: (name) => ['Pool.SignIn', 'Pool.Refuse', 'Pool.Unknown', 'GET /keys.json'].includes(name),
  });
  return { ...endpoint, done, [Symbol.asyncDispose]: () => endpoint.close() };
};

type Headers = Readonly<Record<string, string>>;

const call = (url: string, target: string, headers: Headers) => send(url, { target, headers });

const preflight = (url: string, path: string, origin: string, method: string, named = 'content-type') =>
  send(url, {
    method: 'OPTIONS',
    path,
    headers: {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': named,
    },
  });

const NEIGHBOURS = [
  'http://localhost:5173',
  'http://127.0.0.1:3000',
  'http://[::1]:8080',
  'http://localhost',
  'https://localhost:5173',
];
const STRANGERS = [
  'null',
  'https://evil.example.com',
  'http://localhost.example.com:5173',
  'http://127.0.0.1.example.com',
  'http://evil.example.com#http://localhost:5173',
  'http://192.168.0.7:5173',
  'file://',
  '',
];

/** Requests that no page of another origin may send, as method, path and headers. */
const CLOSED: readonly (readonly [string, string, Headers])[] = [
  ['POST', '/', { 'x-amz-target': 'Pool.AdminSignIn' }],
  ['POST', '/', { 'x-amz-target': 'Table.PutItem' }],
  ['POST', '/v2/email/outbound-emails', { 'content-type': 'text/plain' }],
  ['POST', '/2015-03-31/functions/Guard/invocations', { 'content-type': 'text/plain' }],
  ['PUT', '/_local/faults.json', {}],
  ['GET', '/_local/inbox.json', {}],
  ['GET', '/', {}],
];

describe('a page on another port of this machine', () => {
  test.each(NEIGHBOURS)('reads what an operation for pages answers to %s', async (origin) => {
    await using endpoint = await anEndpoint();

    const reply = await call(endpoint.url, 'Pool.SignIn', { origin });

    expect(reply.status).toBe(200);
    expect(reply.headers).toMatchObject({ 'access-control-allow-origin': origin, vary: 'Origin' });
  });

  test.each(['Pool.Refuse', 'Pool.Unknown'])('reads why %s was refused', async (target) => {
    await using endpoint = await anEndpoint();

    const { status, headers } = await call(endpoint.url, target, { origin: 'http://localhost:5173' });

    expect(status).toBe(400);
    expect(headers['access-control-allow-origin']).toBe('http://localhost:5173');
    expect(headers['access-control-expose-headers']).toMatch(/x-amzn-ErrorType/i);
  });

  test('reads a document for pages', async () => {
    await using endpoint = await anEndpoint();

    const reply = await send(endpoint.url, {
      method: 'GET',
      path: '/keys.json',
      headers: { origin: 'http://localhost:5173' },
    });

    expect(reply).toMatchObject({
      status: 200,
      headers: { 'access-control-allow-origin': 'http://localhost:5173' },
    });
  });

  test.each([
    ['POST', '/', 'content-type, X-Amz-Target'],
    ['GET', '/keys.json', 'x-custom'],
  ])('is told before a %s to %s that it may', async (method, path, named) => {
    await using endpoint = await anEndpoint();

    const reply = await preflight(endpoint.url, path, 'http://localhost:5173', method, named);

    expect(reply).toMatchObject({
      status: 200,
      headers: {
        'access-control-allow-origin': 'http://localhost:5173',
        'access-control-allow-methods': method,
        'access-control-allow-headers': '*',
      },
    });
    expect(endpoint.done).not.toHaveBeenCalled();
  });

  test.each([
    ['PUT', '/_local/faults.json'],
    ['POST', '/v2/email/outbound-emails'],
    ['POST', '/'],
    ['DELETE', '/keys.json'],
  ])('is told before a %s to %s that it may not', async (method, path) => {
    await using endpoint = await anEndpoint();

    const reply = await preflight(endpoint.url, path, 'http://localhost:5173', method);

    expect(reply.status).toBe(403);
    expect(reply.headers).not.toHaveProperty('access-control-allow-origin');
  });

  test.each(CLOSED)('does not get through with %s %s %j', async (method, path, headers) => {
    await using endpoint = await anEndpoint();

    const reply = await send(endpoint.url, {
      method,
      path,
      headers: { ...headers, origin: 'http://localhost:5173' },
    });

    expect(reply.status).toBe(403);
    expect(reply.headers).not.toHaveProperty('access-control-allow-origin');
    expect(endpoint.done).not.toHaveBeenCalled();
  });
});

describe('a page of another site', () => {
  test.each(STRANGERS)('gets nothing as origin %j', async (origin) => {
    await using endpoint = await anEndpoint();

    const replies = await Promise.all([
      call(endpoint.url, 'Pool.SignIn', { origin }),
      send(endpoint.url, { method: 'GET', path: '/keys.json', headers: { origin } }),
      preflight(endpoint.url, '/', origin, 'POST', 'x-amz-target'),
      ...CLOSED.map(([method, path, headers]) =>
        send(endpoint.url, { method, path, headers: { ...headers, origin } }),
      ),
    ]);

    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([403]));
    for (const { headers } of replies) expect(headers).not.toHaveProperty('access-control-allow-origin');
    expect(endpoint.done).not.toHaveBeenCalled();
  });

  test.each([
    ['an image', 'cross-site', 'image'],
    ['an image of another port', 'same-site', 'image'],
    ['a script', 'cross-site', 'script'],
    ['a frame', 'cross-site', 'iframe'],
    ['a fetch that may not read', 'cross-site', 'empty'],
  ])('cannot load %s from here', async (_, site, dest) => {
    await using endpoint = await anEndpoint();

    const fetched = { 'sec-fetch-site': site, 'sec-fetch-dest': dest };
    const reply = await send(endpoint.url, { method: 'GET', path: '/_local/inbox.json', headers: fetched });

    expect(reply.status).toBe(403);
    expect(endpoint.done).not.toHaveBeenCalled();
  });

  test('may have a link to the console, but no form', async () => {
    await using endpoint = await anEndpoint();
    const followed = { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' };

    const link = await send(endpoint.url, { method: 'GET', path: '/inbox', headers: followed });
    const form = await send(endpoint.url, {
      method: 'POST',
      path: '/v2/email/outbound-emails',
      headers: followed,
    });

    expect(link.status).toBe(200);
    expect(form.status).toBe(403);
  });
});

describe('the console’s own pages', () => {
  test.each(CLOSED)('get through with %s %s %j', async (method, path, headers) => {
    await using endpoint = await anEndpoint();
    const own = { origin: endpoint.url, 'sec-fetch-site': 'same-origin' };

    const reply = await send(endpoint.url, { method, path, headers: { ...headers, ...own } });

    expect(reply.status).toBe(200);
  });

  test('get through under the name localhost, which is another origin for a browser', async () => {
    await using endpoint = await anEndpoint();
    const host = new URL(endpoint.url).host.replace('127.0.0.1', 'localhost');
    const inbox = { method: 'GET', path: '/_local/inbox.json' };

    const own = await send(endpoint.url, { ...inbox, headers: { host, origin: `http://${host}` } });
    const other = await send(endpoint.url, { ...inbox, headers: { origin: `http://${host}` } });

    expect([own.status, other.status]).toEqual([200, 403]);
  });
});
