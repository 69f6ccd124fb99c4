import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test, vi } from 'vitest';
import { createEndpoint, type Disturb } from '../../../../local/ground/endpoint.ts';
import { AwsError } from '../../../../local/ground/service.ts';

const anEndpoint = async (disturb: Disturb) => {
  const done = vi.fn();
  const endpoint = await createEndpoint(0);
  endpoint.mount({
    json: {
      Notes: {
        Write: () => {
          done();
          return {};
        },
      },
    },
    raw: {
      Raw: (incoming: IncomingMessage, response: ServerResponse) => {
        done();
        incoming.resume().on('end', () => response.writeHead(200).end('raw'));
      },
    },
    routes: [],
    disturb,
  });
  return { ...endpoint, done, [Symbol.asyncDispose]: () => endpoint.close() };
};

const send = (url: string, target: string) =>
  fetch(url, {
    method: 'POST',
    headers: {
      'x-amz-target': target,
      authorization: 'AWS4-HMAC-SHA256 Credential=verify/20250115/us-east-1/notes/aws4_request',
    },
    body: '{"a":1}',
  });

const TARGETS = ['Notes.Write', 'Raw.Write'];

test.each(TARGETS)('%s that is refused is not done', async (target) => {
  const error = new AwsError('ThrottlingException', 'slow down');
  await using endpoint = await anEndpoint(() => ({ kind: 'refused', error }));

  const response = await send(endpoint.url, target);

  expect(response.status).toBe(400);
  expect(response.headers.get('x-amzn-errortype')).toBe('ThrottlingException');
  expect(endpoint.done).not.toHaveBeenCalled();
});

test.each(TARGETS)('%s whose answer is lost is done', async (target) => {
  await using endpoint = await anEndpoint(() => ({ kind: 'unanswered' }));

  await expect(send(endpoint.url, target)).rejects.toThrow('fetch failed');

  expect(endpoint.done).toHaveBeenCalledOnce();
});

test.each(TARGETS)(
  '%s that is left alone is answered, and whoever disturbs is told what it is',
  async (target) => {
    const disturb = vi.fn<Disturb>();
    await using endpoint = await anEndpoint(disturb);

    const response = await send(endpoint.url, target);

    expect(response.status).toBe(200);
    expect(disturb).toHaveBeenCalledExactlyOnceWith({
      caller: 'verify',
      operation: target,
      body: Buffer.from('{"a":1}'),
    });
  },
);
