import { describe, expect, test, vi } from 'vitest';
import { aFaultySes, FUNCTION, send } from './a-faulty-ses.ts';

describe('a sender that is killed before its mail is accepted', () => {
  test('is killed as often as asked for, and its mail is not accepted', async () => {
    const { faulty, accepted, faults, crash } = aFaultySes({ crashBeforeSend: 2 });

    for (let mail = 0; mail < 3; mail += 1) await send(faulty, FUNCTION);

    expect(crash).toHaveBeenCalledTimes(2);
    expect(accepted).toHaveLength(1);
    expect(faults.current().crashBeforeSend).toBe(0);
  });

  test('is a function: a mail that none sent is accepted and does not count', async () => {
    const { faulty, faults } = aFaultySes({ crashBeforeSend: 1 });

    expect(await send(faulty, 'somebody')).toEqual({ MessageId: 'message-1' });
    expect(faults.current().crashBeforeSend).toBe(1);
  });
});

describe('a sender that is killed after its mail was accepted', () => {
  test('is killed as often as asked for', async () => {
    const { faulty, accepted, faults, crash } = aFaultySes({ crashAfterSend: 2 });

    for (let mail = 0; mail < 3; mail += 1) await send(faulty, FUNCTION);

    expect(crash).toHaveBeenCalledTimes(2);
    expect(accepted).toHaveLength(3);
    expect(faults.current().crashAfterSend).toBe(0);
  });

  test('is gone before any answer is given', async () => {
    const { faulty, crash } = aFaultySes({ crashAfterSend: 1 });
    const gone = Promise.withResolvers<void>();
    crash.mockReturnValueOnce(gone.promise);
    const answered = vi.fn();

    const answer = send(faulty, FUNCTION).then(answered);
    await new Promise(setImmediate);
    expect(answered).not.toHaveBeenCalled();
    gone.resolve();
    await answer;

    expect(answered).toHaveBeenCalled();
  });

  test('is a function: a mail that none sent is answered and does not count', async () => {
    const { faulty, faults } = aFaultySes({ crashAfterSend: 1 });

    expect(await send(faulty, 'somebody')).toEqual({ MessageId: 'message-1' });
    expect(await send(faulty)).toEqual({ MessageId: 'message-2' });
    expect(faults.current().crashAfterSend).toBe(1);
  });

  test('lives on when SES refuses the mail', async () => {
    const refusing = { ses: { sendEmail: () => Promise.reject(new Error('refused')) }, accepted: [] };
    const { faulty, faults, crash } = aFaultySes({ crashAfterSend: 1 }, refusing);

    await expect(faulty.sendEmail({}, FUNCTION)).rejects.toThrow('refused');

    expect(crash).not.toHaveBeenCalled();
    expect(faults.current().crashAfterSend).toBe(1);
  });
});
