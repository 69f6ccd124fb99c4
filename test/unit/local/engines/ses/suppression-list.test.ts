import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteSuppressedDestinationCommand,
  GetSuppressedDestinationCommand,
  PutSuppressedDestinationCommand,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

test('refuses a path that is not encoded, and leaves others alone', async () => {
  const url = `${endpoint.url}/v2/email/suppression/addresses`;

  const statuses = await Promise.all([`${url}/%E0%A4%A`, url].map(async (it) => (await fetch(it)).status));

  expect(statuses).toEqual([400, 404]);
});
