import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFaultSwitches } from '../../../../local/faults/fault-switches.ts';
import { throttleSes } from '../../../../local/faults/ses-throttle.ts';
import { anSes, send, sendMany } from './ses-fixture.ts';

const throttled = (sesThrottlePercent: number) => {
  const switches = createFaultSwitches({ sesThrottlePercent });
  return { switches, ses: throttleSes(anSes().ses, switches) };
};

describe('throttled SES', () => {
  test('refuses by the name and in the words of the rate limit', async () => {
    expect(await send(throttled(100).ses)).toEqual({
      code: 'TooManyRequestsException',
      message: 'Maximum sending rate exceeded.',
      status: 429,
    });
  });

  test('refuses the share that is asked for, to the call', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 100 }), async (percent) => {
        const accepted = await sendMany(throttled(percent).ses, 100);

        expect(accepted.filter((passed) => !passed)).toHaveLength(percent);
      }),
    );
  });

  test('at one half refuses the first call and then each second one', async () => {
    expect(await sendMany(throttled(50).ses, 4)).toEqual([false, true, false, true]);
  });

  test('begins anew when the share is changed, and not when another switch is', async () => {
    const { switches, ses } = throttled(50);
    await send(ses);

    switches.set({ crashAfterSend: 1 });
    expect(await sendMany(ses, 2)).toEqual([true, false]);
    switches.set({ sesThrottlePercent: 60 });
    expect(await sendMany(ses, 2)).toEqual([false, true]);
  });
});
