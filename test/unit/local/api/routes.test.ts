import { expect, test } from 'vitest';
import { aLocalApi, DASHBOARD, MACHINE, MAIL, METRIC } from './a-local-api.ts';

const read = async (path: string) => JSON.parse(String((await aLocalApi().ask('GET', path))?.body));

test('shows the metrics with their points, as they are now', async () => {
  const reply = await aLocalApi().ask('GET', '/_local/metrics.json?now');

  expect(reply).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
  expect(JSON.parse(String(reply?.body))).toEqual([METRIC]);
});

test('leaves out the points before the time that is asked for, and metrics that have no others', async () => {
  expect(await read('/_local/metrics.json?since=60000')).toEqual([METRIC]);
  expect(await read('/_local/metrics.json?since=60001')).toEqual([]);
  for (const since of ['yesterday', '']) {
    await expect(read(`/_local/metrics.json?since=${since}`)).rejects.toThrow('since: epoch milliseconds');
  }
});

test('shows the template’s dashboard and alarms, or says that there are none', async () => {
  const without = aLocalApi({ dashboard: undefined });

  expect(await read('/_local/dashboard.json')).toEqual(DASHBOARD);
  await expect(without.ask('GET', '/_local/dashboard.json')).rejects.toThrow('no dashboard');
});

test('lists the mails as JSON', async () => {
  expect(await read('/_local/inbox.json')).toEqual([MAIL]);
});

test('shows one mail as its HTML, and lets it load and run nothing', async () => {
  const reply = await aLocalApi().ask('GET', '/_local/inbox/id-1.html');

  expect(reply).toMatchObject({ status: 200, body: MAIL.html });
  const policy = reply?.headers?.['content-security-policy'];
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('script-src');
});

test('shows the name and the definition of a state machine', async () => {
  const { type: _, ...told } = MACHINE;

  expect(await read('/_local/state-machines.json')).toEqual([told]);
});

test('sets the faults that are named, or none of them if one does not exist', async () => {
  const { ask, faults } = aLocalApi();

  const reply = await ask('PUT', '/_local/faults.json', '{"sesDown":true}');
  const refused = ask('PUT', '/_local/faults.json', '{"sesDown":false,"sesUp":true}');

  await expect(refused).rejects.toMatchObject({ status: 400, message: /^sesUp is not a fault/ });
  expect(faults.current().sesDown).toBe(true);
  expect(JSON.parse(String(reply?.body))).toEqual(faults.current());
});

test('sets no faults from a text that is no JSON object', async () => {
  const { ask, faults } = aLocalApi();
  const before = faults.current();

  await expect(ask('PUT', '/_local/faults.json', '{')).rejects.toThrow(/must be a JSON object/);

  expect(faults.current()).toEqual(before);
});

test.each([
  ['PUT', '/_local/metrics.json'],
  ['POST', '/_local/inbox.json'],
  ['GET', '/_local/metrics'],
  ['GET', '/_local/inbox'],
  ['GET', '/_local/inbox/id-9.html'],
  ['GET', '/_local/inbox/../state.html'],
  ['GET', '/_local/constructor'],
  ['GET', '/metrics.json'],
])('leaves %s %s to others', async (method, path) => {
  expect(await aLocalApi().ask(method, path)).toBeUndefined();
});
