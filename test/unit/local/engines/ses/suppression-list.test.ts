import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteSuppressedDestinationCommand,
  GetSuppressedDestinationCommand,
  ListSuppressedDestinationsCommand,
  type ListSuppressedDestinationsCommandInput,
  PutSuppressedDestinationCommand,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  createSuppressionList,
  type SuppressionList,
} from '../../../../../local/engines/ses/suppression-list.ts';
import { createSuppressionRoute } from '../../../../../local/engines/ses/suppression-routes.ts';
import { createClock } from '../../../../../local/ground/clock.ts';
import { createEndpoint, type Endpoint } from '../../../../../local/ground/endpoint.ts';
import { openState, type State } from '../../../../../local/ground/state.ts';

let state: State;
let endpoint: Endpoint;
let list: SuppressionList;
let client: SESv2Client;
beforeAll(async () => {
  state = openState(mkdtempSync(join(tmpdir(), 'suppression-')));
  list = createSuppressionList(state, createClock());
  endpoint = await createEndpoint(0);
  endpoint.mount({ json: {}, raw: {}, routes: [createSuppressionRoute(list)] });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  client = new SESv2Client({ endpoint: endpoint.url, region: 'us-east-1', credentials, maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await endpoint.close();
  state.close();
});

const get = async (EmailAddress: string) =>
  (await client.send(new GetSuppressedDestinationCommand({ EmailAddress }))).SuppressedDestination;

test('an address is put on the list, looked up and taken off with the SDK', async () => {
  const EmailAddress = 'alice+100%@example.com';
  await client.send(new PutSuppressedDestinationCommand({ EmailAddress, Reason: 'COMPLAINT' }));

  const found = await get(EmailAddress);
  await client.send(new DeleteSuppressedDestinationCommand({ EmailAddress }));

  expect(found).toMatchObject({ EmailAddress, Reason: 'COMPLAINT' });
  expect(Math.abs(Number(found?.LastUpdateTime) - Date.now())).toBeLessThan(5_000);
  await expect(get(EmailAddress)).rejects.toMatchObject({ name: 'NotFoundException' });
});

test('a second time replaces the reason', async () => {
  const EmailAddress = 'bob@example.com';
  for (const Reason of ['BOUNCE', 'COMPLAINT'] as const) {
    await client.send(new PutSuppressedDestinationCommand({ EmailAddress, Reason }));
  }

  expect(await get(EmailAddress)).toMatchObject({ Reason: 'COMPLAINT' });
});

test('the mail that brought an address there is named', async () => {
  list.put('carol@example.com', 'BOUNCE', 'message-1');

  expect(await get('carol@example.com')).toMatchObject({ Attributes: { MessageId: 'message-1' } });
});

test('addresses that differ in case are different', async () => {
  list.put('Dave@example.com', 'BOUNCE');

  await expect(get('dave@example.com')).rejects.toMatchObject({ name: 'NotFoundException' });
});

test('what is not there cannot be taken off', async () => {
  const taken = client.send(new DeleteSuppressedDestinationCommand({ EmailAddress: 'eve@example.com' }));

  await expect(taken).rejects.toMatchObject({ name: 'NotFoundException' });
});

test.each([
  ['no address', { EmailAddress: 'nobody', Reason: 'BOUNCE' }],
  ['an unknown reason', { EmailAddress: 'alice@example.com', Reason: 'WHIM' }],
  ['nothing', {}],
])('refuses %s', async (_, body) => {
  const url = `${endpoint.url}/v2/email/suppression/addresses`;

  const response = await fetch(url, { method: 'PUT', body: JSON.stringify(body) });

  expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([400, 'BadRequestException']);
});

describe('the whole list', () => {
  const listed = async (input: ListSuppressedDestinationsCommandInput = {}) => {
    const { SuppressedDestinationSummaries = [], NextToken } = await client.send(
      new ListSuppressedDestinationsCommand(input),
    );
    return { addresses: SuppressedDestinationSummaries.map(({ EmailAddress }) => EmailAddress), NextToken };
  };

  beforeEach(() => {
    for (const { emailAddress } of list.all()) list.delete(emailAddress);
    list.put('one@example.com', 'BOUNCE');
    list.put('two@example.com', 'COMPLAINT');
    list.put('three@example.com', 'BOUNCE');
  });

  test('names each address with its reason and time', async () => {
    const { SuppressedDestinationSummaries } = await client.send(new ListSuppressedDestinationsCommand({}));

    expect(SuppressedDestinationSummaries).toEqual([
      { EmailAddress: 'one@example.com', Reason: 'BOUNCE', LastUpdateTime: expect.any(Date) },
      { EmailAddress: 'two@example.com', Reason: 'COMPLAINT', LastUpdateTime: expect.any(Date) },
      { EmailAddress: 'three@example.com', Reason: 'BOUNCE', LastUpdateTime: expect.any(Date) },
    ]);
  });

  test('can be had by reason and by time', async () => {
    const soon = new Date(Date.now() + 60_000);
    const lately = new Date(Date.now() - 60_000);

    expect((await listed({ Reasons: ['COMPLAINT'] })).addresses).toEqual(['two@example.com']);
    expect((await listed({ Reasons: ['BOUNCE', 'COMPLAINT'] })).addresses).toHaveLength(3);
    expect((await listed({ StartDate: lately, EndDate: soon })).addresses).toHaveLength(3);
    expect((await listed({ StartDate: soon })).addresses).toEqual([]);
    expect((await listed({ EndDate: lately })).addresses).toEqual([]);
  });

  test('comes in pages', async () => {
    const first = await listed({ PageSize: 2 });
    const second = await listed({ PageSize: 2, NextToken: first.NextToken });

    expect(first.addresses).toEqual(['one@example.com', 'two@example.com']);
    expect(second).toEqual({ addresses: ['three@example.com'], NextToken: undefined });
  });

  test.each(['PageSize=0', 'PageSize=1001', 'NextToken=x', 'Reason=WHIM', 'StartDate=yesterday'])(
    'is refused with %s',
    async (query) => {
      const response = await fetch(`${endpoint.url}/v2/email/suppression/addresses?${query}`);

      expect(response.status).toBe(400);
      expect(response.headers.get('x-amzn-errortype')).toBe('BadRequestException');
    },
  );
});

test('refuses a path that is not encoded, and leaves others alone', async () => {
  const url = `${endpoint.url}/v2/email/suppression/addresses`;

  const statuses = await Promise.all(
    [`${url}/%E0%A4%A`, `${url}/a/b`].map(async (it) => (await fetch(it)).status),
  );

  expect(statuses).toEqual([400, 404]);
});
