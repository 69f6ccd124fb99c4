import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classify } from '../../../../services/deliver-code/send-mail.ts';
import { aFaultySes, send, sendMany } from './a-faulty-ses.ts';

test('without faults mails pass', async () => {
  expect(await send(aFaultySes().faulty)).toEqual({ MessageId: 'message-1' });
});

describe('SES that is out of order', () => {
  test('refuses every mail with 503 and accepts nothing, until it is back', async () => {
    const { faulty, accepted, faults } = aFaultySes({ sesDown: true });

    expect(await send(faulty)).toMatchObject({ code: 'ServiceUnavailable', status: 503 });
    expect(accepted).toEqual([]);
    faults.set({ sesDown: false });
    expect(await send(faulty)).toEqual({ MessageId: 'message-1' });
  });

  test.each([
    ['the quota is used up', { sesQuotaReached: true }, 'TooManyRequestsException', 429, 'EmailQuotaReached'],
    ['sending is paused', { sesPaused: true }, 'SendingPausedException', 400, 'EmailRejected'],
  ])(
    'refuses every mail while %s, in words that the sender understands',
    async (_, on, code, status, kind) => {
      const { faulty, accepted } = aFaultySes(on);

      const refusal = (await send(faulty)) as { code: string; message: string };

      expect(refusal).toMatchObject({ code, status });
      expect(classify(Object.assign(new Error(refusal.message), { name: refusal.code }))).toBe(kind);
      expect(accepted).toEqual([]);
    },
  );

  test('refuses at once, whatever else is set, and kills nobody', async () => {
    const all = { sesPaused: true, sesDelaySeconds: 60, crashBeforeSend: 1, crashAfterSend: 1 };
    const { faulty, crash } = aFaultySes(all);

    expect(await send(faulty)).toMatchObject({ code: 'SendingPausedException' });
    expect(crash).not.toHaveBeenCalled();
  });
});

describe('throttled SES', () => {
  test('refuses by the name and in the words of the rate limit', async () => {
    expect(await send(aFaultySes({ sesThrottlePercent: 100 }).faulty)).toEqual({
      code: 'TooManyRequestsException',
      message: 'Maximum sending rate exceeded.',
      status: 429,
    });
  });

  test('refuses the share that is asked for, to the call', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 100 }), async (sesThrottlePercent) => {
        const accepted = await sendMany(aFaultySes({ sesThrottlePercent }).faulty, 100);

        expect(accepted.filter((passed) => !passed)).toHaveLength(sesThrottlePercent);
      }),
    );
  });

  test('at one half refuses the first call and then each second one', async () => {
    expect(await sendMany(aFaultySes({ sesThrottlePercent: 50 }).faulty, 4)).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });

  test('begins anew when the share is changed, and not when another fault is', async () => {
    const { faults, faulty } = aFaultySes({ sesThrottlePercent: 50 });
    await send(faulty);

    faults.set({ crashAfterSend: 1 });
    expect(await sendMany(faulty, 2)).toEqual([true, false]);
    faults.set({ sesThrottlePercent: 60 });
    expect(await sendMany(faulty, 2)).toEqual([false, true]);
  });
});

describe('slow SES', () => {
  test('accepts the mail after the delay on the local clock, and not before', async () => {
    const { faulty, accepted } = aFaultySes({ sesDelaySeconds: 10 }, undefined, 40);
    const started = performance.now();

    const answer = send(faulty);
    await new Promise(setImmediate);
    expect(accepted).toEqual([]);

    expect(await answer).toEqual({ MessageId: 'message-1' });
    expect(performance.now() - started).toBeGreaterThan(240);
  });

  test('refuses the mail after the delay if SES was paused meanwhile', async () => {
    const { faulty, accepted, faults } = aFaultySes({ sesDelaySeconds: 10 }, undefined, 40);

    const sending = send(faulty);
    faults.set({ sesPaused: true });

    expect(await sending).toMatchObject({ code: 'SendingPausedException' });
    expect(accepted).toEqual([]);
  });

  test('accepts at once where there is no delay', async () => {
    const { faulty, accepted } = aFaultySes({ sesDelaySeconds: 0 });

    const answer = send(faulty);
    await new Promise(setImmediate);

    expect(accepted).toHaveLength(1);
    expect(await answer).toEqual({ MessageId: 'message-1' });
  });

  test('refuses a mail that waits when the system stops, and never accepts it', async () => {
    const { faulty, accepted, closing } = aFaultySes({ sesDelaySeconds: 60 });
    const answer = send(faulty);

    closing.abort();

    expect(await answer).toMatchObject({ status: 503 });
    expect(accepted).toEqual([]);
  });
});
