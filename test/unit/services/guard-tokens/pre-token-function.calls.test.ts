import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { ANSWER_MS, createPreTokenFunction } from '../../../../services/guard-tokens/pre-token-function.ts';
import type { TokenEvent } from '../../../../services/guard-tokens/token-event.ts';

// The calls as they leave the process, against an endpoint that plays Lambda.

type Play = (request: IncomingMessage, response: ServerResponse) => void;

const calls: { readonly path: string | undefined; readonly connection: unknown }[] = [];
let play: Play;
const server = createServer((request, response) => {
  calls.push({ path: request.url, connection: request.socket });
  request.resume();
  play(request, response);
});

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});
afterEach(() => {
  calls.length = 0;
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});

const EVENT = { version: '1', request: {}, response: {} } as unknown as TokenEvent;
const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:claims';

const returnsEvent: Play = (_, response) => response.end(JSON.stringify({ response: { own: true } }));

describe('a function that is slow', () => {
  const LEFT_MS = 300;

  /** How long the guard waits for it, and for what. */
  const waitFor = async (behaviour: Play) => {
    play = behaviour;
    const start = performance.now();
    const error: unknown = await createPreTokenFunction(ARN)(EVENT, ANSWER_MS + LEFT_MS).catch((it) => it);
    return { name: error instanceof Error ? error.name : 'none', ms: performance.now() - start };
  };

  test.each<[string, Play]>([
    ['does not respond', () => {}],
    ['begins to respond', (_, response) => void response.write('{"resp')],
  ])('and %s is waited for until the time that the answer needs, and called once', async (_, behaviour) => {
    const { name, ms } = await waitFor(behaviour);

    expect(name).toBe('PreTokenFunctionTimedOut');
    expect(ms).toBeGreaterThanOrEqual(LEFT_MS - 5);
    expect(calls).toHaveLength(1);
  });

  test('gives its response if that comes in time', async () => {
    play = (request, response) => setTimeout(() => returnsEvent(request, response), 50);

    expect(await createPreTokenFunction(ARN)(EVENT, 4000)).toEqual({ own: true });
  });
});

describe('a call', () => {
  test.each<[string, Play]>([
    ['Lambda has an error', (_, response) => void response.writeHead(500).end('{}')],
    [
      'Lambda throttles',
      (_, response) =>
        void response.writeHead(429, { 'x-amzn-errortype': 'TooManyRequestsException' }).end('{}'),
    ],
    ['the connection is lost', (request) => void request.socket.destroy()],
  ])('is made once where %s', async (_, behaviour) => {
    play = behaviour;

    await expect(createPreTokenFunction(ARN)(EVENT, 4000)).rejects.toMatchObject({
      name: 'PreTokenFunctionFailed',
    });
    expect(calls).toHaveLength(1);
  });

  test('has a connection of its own, since an old one may be dead', async () => {
    play = returnsEvent;
    const preTokenFunction = createPreTokenFunction(ARN);

    await preTokenFunction(EVENT, 4000);
    await preTokenFunction(EVENT, 4000);

    expect(calls.map(({ path }) => decodeURIComponent(path ?? ''))).toEqual(
      Array.from({ length: 2 }, () => `/2015-03-31/functions/${ARN}/invocations`),
    );
    expect(new Set(calls.map(({ connection }) => connection)).size).toBe(2);
  });
});
