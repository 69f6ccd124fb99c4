import { expect, test, vi } from 'vitest';
import { crashBeforeSend } from '../../../../local/faults/crash-before-send.ts';
import { createFaultSwitches } from '../../../../local/faults/fault-switches.ts';
import { anSes, send } from './ses-fixture.ts';

const FUNCTION = 'token-of-a-process';

const aCrashingSes = (crashes: number) => {
  const { ses, accepted } = anSes();
  const switches = createFaultSwitches({ crashBeforeSend: crashes });
  const crash = vi.fn((token: string | undefined) => (token === FUNCTION ? Promise.resolve() : undefined));
  return { ses: crashBeforeSend(ses, switches, crash), accepted, switches, crash };
};

test('the sender is killed and its mail not accepted, as often as asked for', async () => {
  const { ses, accepted, switches, crash } = aCrashingSes(2);

  for (let mail = 0; mail < 3; mail += 1) await send(ses, FUNCTION);

  expect(crash).toHaveBeenCalledTimes(2);
  expect(accepted).toHaveLength(1);
  expect(switches.current().crashBeforeSend).toBe(0);
});

test('a mail that no function sent is accepted and does not count', async () => {
  const { ses, switches } = aCrashingSes(1);

  expect(await send(ses, 'somebody')).toEqual({ MessageId: 'message-1' });
  expect(switches.current().crashBeforeSend).toBe(1);
});
