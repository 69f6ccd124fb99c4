import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { type Changes, createChanges } from '../../../../local/api/changes.ts';
import { openEventStream } from '../../../../local/api/event-stream.ts';
import { createEndpoint } from '../../../../local/ground/endpoint.ts';

/** Changes that know how many listen. */
const countingChanges = () => {
  const changes = createChanges();
  let listening = 0;
  const counted: Changes = {
    ...changes,
    listen: (listener) => {
      listening += 1;
      const stop = changes.listen(listener);
      return () => {
        listening -= 1;
        stop();
      };
    },
  };
  return { changes: counted, listening: () => listening };
};

const aServer = async (heartbeatMs?: number) => {
  const { changes, listening } = countingChanges();
  const endpoint = await createEndpoint(0);
  onTestFinished(() => endpoint.close());
  const route = () => ({ status: 200, body: openEventStream(changes, heartbeatMs) });
  endpoint.mount({ json: {}, raw: {}, routes: [route] });
  return { changes, listening, endpoint };
};

const read = async (url: string) => {
  const { body } = await fetch(url);
  const reader = (body ?? expect.unreachable()).pipeThrough(new TextDecoderStream()).getReader();
  const next = async () => (await reader.read()).value;
  return { next, hangUp: () => reader.cancel() };
};

test('each reader is told of each change, ids only', async () => {
  const { changes, endpoint } = await aServer();
  const readers = [await read(endpoint.url), await read(endpoint.url)];

  expect(await Promise.all(readers.map(({ next }) => next()))).toEqual([
    'retry: 1000\n\n',
    'retry: 1000\n\n',
  ]);
  changes.announce({ kind: 'mail', messageId: 'message-1' });

  const event = 'event: mail\ndata: {"messageId":"message-1"}\n\n';
  expect(await Promise.all(readers.map(({ next }) => next()))).toEqual([event, event]);
});

test('a quiet stream shows that it is alive', async () => {
  const { endpoint } = await aServer(20);
  const { next } = await read(endpoint.url);
  await next();

  expect(await next()).toMatch(/^: .*\n\n$/);
});

test('nothing is left of a reader that hangs up', async () => {
  const { endpoint, listening } = await aServer();
  const reader = await read(endpoint.url);
  await reader.next();
  expect(listening()).toBe(1);

  await reader.hangUp();

  await expect.poll(listening).toBe(0);
});

test('nothing is left of any reader when the endpoint closes', async () => {
  const { endpoint, listening } = await aServer();
  await Promise.all([read(endpoint.url), read(endpoint.url)]);

  await endpoint.close();

  await expect.poll(listening).toBe(0);
});

test('a reader that does not read is cut off instead of being remembered for', async () => {
  const { changes, listening } = countingChanges();
  const stream = openEventStream(changes);

  for (let sent = 0; sent < 100_000 && !stream.destroyed; sent += 1) {
    changes.announce({ kind: 'execution', executionArn: 'x'.repeat(100) });
  }
  await sleep(0);

  expect(stream.destroyed).toBe(true);
  expect(listening()).toBe(0);
});
