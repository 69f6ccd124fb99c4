import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Change, LocalPath } from '../../../../local/api/types.ts';
import { askLocal, changeFaults, EVENTS_PATH, htmlPartPath } from '../../../../local/console/ask-local.ts';
import { alarmState } from '../../../../local/console/dashboard/alarms/alarm.ts';
import { readDashboard } from '../../../../local/console/dashboard/dashboard-body.ts';
import { challengeIdOf, executionId } from '../../../../local/console/executions/execution.ts';
import { tracePath } from '../../../../local/console/executions/execution-path.ts';
import { layOut } from '../../../../local/console/executions/graph-layout.ts';
import { allOff, isOn, offValue } from '../../../../local/console/faults/fault.ts';
import { codeOf } from '../../../../local/console/inbox/mail.ts';
import { NO_FAULTS, readFaults } from '../../../../local/faults/faults.ts';
import { errorReply } from '../../../../local/ground/endpoint.ts';
import { standingOf } from '../../../../shared/words/timeline.ts';
import { aLocalApi, CHALLENGE, DASHBOARD, EXECUTION, MACHINE, MAIL, METRIC } from '../api/a-local-api.ts';

// The pages' readers against the server's own routes, with the text that goes between them.

let api: ReturnType<typeof aLocalApi>;
beforeEach(() => {
  api = aLocalApi();
  vi.stubGlobal('fetch', async (path: string, { method = 'GET', body }: RequestInit = {}) => {
    const reply = await api.ask(method, `/${path}`, String(body ?? '')).catch(errorReply);
    return new Response(String(reply?.body), { status: reply?.status ?? 404 });
  });
  return () => vi.unstubAllGlobals();
});

describe('a page reads', () => {
  test('which pool it is about, under the name that it was fetched by', async () => {
    expect(await askLocal('config.json')).toMatchObject({
      userPoolId: 'us-east-1_pool',
      userPoolClientId: 'client',
      endpoint: 'http://localhost:4566',
      demoUser: { username: 'demo@example.com' },
    });
  });

  test('the code out of a mail', async () => {
    expect((await askLocal('inbox.json')).map(codeOf)).toEqual(['004217']);
  });

  test('the HTML part of a mail', async () => {
    const [{ messageId } = expect.unreachable()] = await askLocal('inbox.json');

    expect(await api.ask('GET', `/${htmlPartPath(messageId)}`)).toMatchObject({ body: MAIL.html });
  });

  test('the path of an execution, and what it mailed', async () => {
    const [execution = expect.unreachable()] = await askLocal('executions.json');

    expect(tracePath(execution)).toMatchObject([{ state: 'Send', outcome: 'succeeded' }]);
    expect(executionId(execution)).toBe('run-1');
    expect(`${challengeIdOf(execution)}-1`).toBe(EXECUTION.name);
  });

  test('a state machine, and draws it', async () => {
    const [machine = expect.unreachable()] = await askLocal('state-machines.json');

    expect(layOut(machine.definition).nodes.map(({ id }) => id)).toContain(MACHINE.definition.StartAt);
  });

  test('challenges, those that it asks for', async () => {
    const [challenge = expect.unreachable()] = await askLocal('challenges.json', { limit: '1' });

    expect(challenge).toEqual(CHALLENGE);
    expect(standingOf(challenge, 0)).not.toBe('');
    await expect(askLocal('challenges.json', { limit: '0' })).rejects.toThrow('limit');
  });

  test('the clock', async () => {
    const { now, rate } = await askLocal('clock.json');

    expect(Math.abs(now - Date.now())).toBeLessThan(1_000);
    expect(rate).toBe(1);
  });

  test('the dashboard, and how its alarms stand by the metrics', async () => {
    const { body, alarms } = await askLocal('dashboard.json');
    const metrics = await askLocal('metrics.json', { since: '0' });

    expect(readDashboard(body)).toMatchObject([{ widget: { kind: 'text', markdown: '# Delivery' } }]);
    expect(metrics).toEqual([METRIC]);
    expect(alarms).toHaveLength(DASHBOARD.alarms.length);
    expect(alarms.map((alarm) => alarmState(alarm, metrics, 60_001))).toEqual(['ALARM']);
  });
});

describe('the faults page', () => {
  test('has a switch for every fault, and all off means the same to both', async () => {
    expect(allOff(await askLocal('fault-table.json'))).toEqual(NO_FAULTS);
  });

  test('sets what is accepted, and then it counts as on', async () => {
    const table = await askLocal('fault-table.json');
    for (const fault of table) {
      const faults = await changeFaults({ [fault.name]: fault.number?.on ?? true });

      expect(isOn(fault, faults)).toBe(true);
      expect(table.filter((other) => isOn(other, faults))).toEqual([fault]);
      expect(isOn(fault, await changeFaults({ [fault.name]: offValue(fault) }))).toBe(false);
    }
    expect(readFaults(allOff(table))).toEqual(await askLocal('faults.json'));
  });
});

test('every path that there is gives a page something to read', async () => {
  const paths = {
    'config.json': true,
    'otps.json': true,
    'ready.json': true,
    'inbox.json': true,
    'standings.json': true,
    'executions.json': true,
    'state-machines.json': true,
    'challenges.json': true,
    'clock.json': true,
    'faults.json': true,
    'fault-table.json': true,
    'mails.json': true,
    'mail-preview.json': true,
    'dashboard.json': true,
    'metrics.json': true,
  } as const satisfies Readonly<Record<LocalPath, true>>;

  for (const path of Object.keys(paths) as LocalPath[]) expect(await askLocal(path)).toBeDefined();
});

test('a change is an event that a page can listen to by its kind, with the rest as data', async () => {
  const change: Change = { kind: 'mail', messageId: 'id-1' };
  const stream = (await api.ask('GET', `/${EVENTS_PATH}`))?.body as NodeJS.ReadableStream;
  const received: string[] = [];
  stream.on('data', (text) => received.push(String(text)));

  api.changes.announce(change);
  await vi.waitFor(() => expect(received.join('')).toContain('event: mail\ndata: {"messageId":"id-1"}\n\n'));

  (stream as unknown as { destroy(): void }).destroy();
});
