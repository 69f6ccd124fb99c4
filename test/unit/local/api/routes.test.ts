import { expect, test, vi } from 'vitest';
import type { MailSettings } from '../../../../shared/mail/mail-settings.ts';
import { SHIPPED } from '../../../support/mail/mail-settings.ts';
import { aLocalApi, DASHBOARD, MACHINE, MAIL, METRIC, SHOWN_OTP } from './a-local-api.ts';

const BRANDED: MailSettings = {
  ...SHIPPED,
  brand: {
    name: 'Example',
    logoUrl: 'https://example.com/logo.png',
    logoWidth: 80,
    accentColor: '#0b7a75',
    supportUrl: 'https://example.com/help',
    replyTo: 'help@example.com',
  },
};

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
  const without = aLocalApi({ otps: [{ ...SHOWN_OTP, dashboard: undefined }] });

  expect(await read('/_local/dashboard.json')).toEqual(DASHBOARD);
  await expect(without.ask('GET', '/_local/dashboard.json')).rejects.toThrow('no dashboard');
});

test('lists the mails as JSON', async () => {
  expect(await read('/_local/inbox.json')).toEqual([MAIL]);
});

test('lists the mails to one address, in any case', async () => {
  expect(await read('/_local/inbox.json?to=Alice%40Example.com')).toEqual([MAIL]);
  expect(await read('/_local/inbox.json?to=alice%2Bother%40example.com')).toEqual([]);
  expect(await read('/_local/inbox.json?to=bob@example.com')).toEqual([]);
});

test('refuses an address that is none, such as one whose plus sign has become a blank', async () => {
  for (const to of ['', 'alice', 'alice+other@example.com'])
    await expect(read(`/_local/inbox.json?to=${to}`)).rejects.toThrow('%2B for a plus sign');
});

test('says that it is ready, once the start is over', async () => {
  const { ask } = aLocalApi({ ready: () => false });

  expect(await read('/_local/ready.json')).toEqual({ ready: true });
  await expect(ask('GET', '/_local/ready.json')).rejects.toMatchObject({ status: 503 });
});

test('hands out a mail as a file for mail programs', async () => {
  const reply = await aLocalApi().ask('GET', '/_local/inbox/id-1.eml');

  expect(reply?.headers?.['content-type']).toBe('message/rfc822');
  expect(reply?.body).toContain('Subject: Your sign-in code\r\n');
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

  await expect(refused).rejects.toMatchObject({
    status: 400,
    message: expect.stringMatching(/^sesUp is not a fault/),
  });
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
  ['GET', '/_local/inbox/id-9.eml'],
  ['GET', '/_local/inbox/../state.html'],
  ['GET', '/_local/constructor'],
  ['GET', '/metrics.json'],
])('leaves %s %s to others', async (method, path) => {
  expect(await aLocalApi().ask(method, path)).toBeUndefined();
});

test('takes the app over at a POST, if there is one to take over', async () => {
  const start = vi.fn();
  const { ask } = aLocalApi({ reload: { start, isUnderWay: () => false } });

  const reply = await ask('POST', '/_local/reload');

  expect(reply?.status).toBe(202);
  expect(start).toHaveBeenCalledOnce();
  expect(await ask('GET', '/_local/reload')).toBeUndefined();
  expect(await aLocalApi().ask('POST', '/_local/reload')).toBeUndefined();
});

test('deletes one mail, or all, and tells the pages', async () => {
  const removed: string[] = [];
  const inbox = {
    accept: () => {},
    all: () => [MAIL, { ...MAIL, messageId: 'id-2' }],
    get: () => MAIL,
    remove: (id: string) => removed.push(id) > 0 && id !== 'id-9',
  };
  const { ask, changes } = aLocalApi({ inbox });
  const told: unknown[] = [];
  changes.listen((change) => told.push(change));

  expect(await ask('DELETE', '/_local/inbox/id-1')).toMatchObject({ status: 200 });
  expect(await ask('DELETE', '/_local/inbox/id-9')).toBeUndefined();
  expect(await ask('DELETE', '/_local/inbox.json')).toMatchObject({ status: 200 });
  expect(await ask('DELETE', '/_local/challenges.json')).toBeUndefined();

  expect(removed).toEqual(['id-1', 'id-9', 'id-1', 'id-2']);
  expect(told).toEqual([{ kind: 'mail', messageId: 'id-1' }, { kind: 'mail' }]);
});

test('tells the sign-in page the app’s brand, without what its policy does not let in', async () => {
  const { ask } = aLocalApi({ otps: [{ ...SHOWN_OTP, mail: { settings: BRANDED, sender: MAIL.from } }] });
  const config = JSON.parse(String((await ask('GET', '/_local/config.json'))?.body));

  expect(config.brand).toEqual({
    name: 'Example',
    accentColor: '#0b7a75',
    supportUrl: 'https://example.com/help',
  });
  expect(await read('/_local/config.json')).not.toHaveProperty('brand');
});
