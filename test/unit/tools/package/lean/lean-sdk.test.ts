import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleOptions } from '../../../../../tools/package/functions.ts';
import { leanSdk } from '../../../../../tools/package/lean/lean-sdk.ts';
import { type CallName, callsAt, hostIn } from './sdk-calls.ts';

// A bundle of the SDK without what nothing uses, against the SDK as it is installed, over HTTP.

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: object;
}

let answer: Answer;

/** Gives the answer to everything. `received` has what it was sent since the last look. */
const startService = async () => {
  const received: string[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { 'x-amz-target': target, 'content-type': type } = request.headers;
    received.push([request.method, request.url, target, type, body].join(' '));
    response.writeHead(answer.status, answer.headers).end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { endpoint, received: () => received.splice(0), close: () => server.close() };
};

interface Way {
  readonly service: Awaited<ReturnType<typeof startService>>;
  readonly calls: ReturnType<typeof callsAt>;
}

let folder: string;
let ways: readonly Way[];
let bundledHostIn: typeof hostIn;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lean-'));
  const entryPoints = [join(import.meta.dirname, 'sdk-calls.ts')];
  await build({ ...bundleOptions([], folder), entryPoints });
  const bundled = await import(pathToFileURL(join(folder, 'sdk-calls.mjs')).href);
  bundledHostIn = bundled.hostIn;
  const makers: readonly (typeof callsAt)[] = [callsAt, bundled.callsAt];
  ways = await Promise.all(
    makers.map(async (make) => {
      const service = await startService();
      return { service, calls: make(service.endpoint) };
    }),
  );
});
afterAll(() => {
  for (const { service } of ways) service.close();
  rmSync(folder, { recursive: true });
});

const failureOf = ({ name, message, $fault, $metadata }: Error & Record<string, unknown>) => {
  const { httpStatusCode, attempts } = $metadata as Record<string, unknown>;
  return { name, message, $fault, httpStatusCode, attempts };
};

/** What the call does, by the SDK as it is installed and by the bundle. */
const outcomesOf = (name: CallName, given: Answer) => {
  answer = given;
  return Promise.all(
    ways.map(async ({ service, calls }) => {
      const result = await calls[name]().then((output) => output && 'done', failureOf);
      return { result, received: service.received() };
    }),
  );
};

const refusal = (type: string, status = 400): Answer => ({
  status,
  headers: { 'x-amzn-errortype': type },
  body: { __type: `com.amazonaws#${type}`, message: `It is ${type}` },
});

test.each(['dynamodb', 'sesv2', 'sfn', 'secrets', 'lambda', 'cognito'] as const)(
  'a call to %s is sent as by the SDK',
  async (name) => {
    const [installed, bundled] = await outcomesOf(name, { status: 200, body: {} });

    expect(bundled).toEqual(installed);
    expect(bundled).toMatchObject({ result: 'done', received: [expect.any(String)] });
  },
);

describe('a refusal', () => {
  test.each([
    ['dynamodb', 'ConditionalCheckFailedException', 400],
    ['dynamodb', 'ResourceNotFoundException', 400],
    ['sesv2', 'MessageRejected', 400],
    ['sesv2', 'AccountSuspendedException', 400],
    ['sfn', 'ExecutionAlreadyExists', 400],
    ['secrets', 'ResourceNotFoundException', 400],
    ['lambda', 'ResourceNotFoundException', 404],
    ['cognito', 'ConcurrentModificationException', 400],
    ['cognito', 'SomethingNewException', 400],
  ] as const)('of %s comes with its name: %s', async (name, type, status) => {
    const [installed, bundled] = await outcomesOf(name, refusal(type, status));

    expect(bundled).toEqual(installed);
    expect(bundled).toMatchObject({
      result: { name: type, message: `It is ${type}`, httpStatusCode: status },
      received: { length: 1 },
    });
  });

  test.each([
    ['dynamodb', 'ThrottlingException', 400],
    ['dynamodb', 'ProvisionedThroughputExceededException', 400],
    ['dynamodb', 'InternalServerError', 500],
    // Only its class says that it may be.
    ['dynamodb', 'ReplicatedWriteConflictException', 400],
    ['sesv2', 'TooManyRequestsException', 429],
    ['lambda', 'TooManyRequestsException', 429],
    ['cognito', 'TooManyRequestsException', 400],
  ] as const)('of %s that may pass is tried again: %s', async (name, type, status) => {
    const [installed, bundled] = await outcomesOf(name, refusal(type, status));

    expect(bundled).toEqual(installed);
    expect(bundled).toMatchObject({ result: { name: type, attempts: 2 }, received: { length: 2 } });
  });

  test('of a condition is known as one', async () => {
    const [installed, bundled] = await outcomesOf(
      'a write on a condition',
      refusal('ConditionalCheckFailedException'),
    );

    expect(bundled).toEqual(installed);
    expect(bundled).toMatchObject({ result: undefined });
  });
});

test.each(['eu-west-1', 'cn-north-1', 'us-gov-west-1', 'eu-new-9'])(
  'the service is where it is in %s',
  (region) => {
    expect(bundledHostIn(region)).toBe(hostIn(region));
    expect(bundledHostIn(region)).toContain(region);
  },
);

test('the build fails where the SDK is not as it was', async () => {
  const client = join(folder, 'node_modules/@aws-sdk/client-new');
  mkdirSync(client, { recursive: true });
  writeFileSync(join(client, 'package.json'), '{"version":"4.0.0"}');
  const entryPoints = [join(client, 'package.json')];
  const outdir = join(folder, 'out');

  const building = build({ entryPoints, outdir, bundle: true, plugins: [leanSdk], logLevel: 'silent' });

  await expect(building).rejects.toThrow(/It is not as lean-sdk\.ts expects it: .*client-new/);
});
