import { expect, test, vi } from 'vitest';
import { crashAfterSend } from '../../../../local/faults/crash-after-send.ts';
import { createFaultSwitches } from '../../../../local/faults/fault-switches.ts';
import { anSes, send } from './ses-fixture.ts';

const FUNCTION = 'token-of-a-process';

const aCrashingSes = (crashes: number) => {
  const { ses, accepted } = anSes();
  const switches = createFaultSwitches({ crashAfterSend: crashes });
  const crash = vi.fn((token: string | undefined) => (token === FUNCTION ? Promise.resolve() : undefined));
  return { ses: crashAfterSend(ses, switches, crash), accepted, switches, crash };
};

test('the sender is killed after its mail was accepted, as often as asked for', async () => {
  const { ses, accepted, switches, crash } = aCrashingSes(2);

  for (let mail = 0; mail < 3; mail += 1) await send(ses, FUNCTION);

  expect(crash).toHaveBeenCalledTimes(2);
  expect(accepted).toHaveLength(3);
  expect(switches.current().crashAfterSend).toBe(0);
});

test('no answer is given before the process is gone', async () => {
  const { ses, crash } = aCrashingSes(1);
  const gone = Promise.withResolvers<void>();
  crash.mockReturnValueOnce(gone.promise);
  const answered = vi.fn();

  const answer = send(ses, FUNCTION).then(answered);
  await new Promise(setImmediate);
  expect(answered).not.toHaveBeenCalled();
  gone.resolve();
  await answer;

  expect(answered).toHaveBeenCalled();
});

test('a mail that no function sent is answered and does not count', async () => {
  const { ses, switches } = aCrashingSes(1);

  expect(await send(ses, 'somebody')).toEqual({ MessageId: 'message-1' });
  expect(await send(ses)).toEqual({ MessageId: 'message-2' });
  expect(switches.current().crashAfterSend).toBe(1);
});

test('a mail that SES refuses kills nobody', async () => {
  const switches = createFaultSwitches({ crashAfterSend: 1 });
  const crash = vi.fn();
  const refusing = { sendEmail: () => Promise.reject(new Error('refused')) };

  await expect(crashAfterSend(refusing, switches, crash).sendEmail({}, FUNCTION)).rejects.toThrow('refused');

  expect(crash).not.toHaveBeenCalled();
  expect(switches.current().crashAfterSend).toBe(1);
});
