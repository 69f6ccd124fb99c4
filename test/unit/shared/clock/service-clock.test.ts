import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLocalClock } from '../../../../shared/clock/service-clock.ts';
import { MINUTE, NOW, SECOND } from '../../../support/table/challenges.ts';

const answering = (answer: () => Response) =>
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => answer()),
  );

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the clock of a local system', () => {
  test('is this machine’s until it is compared', () => {
    const clock = createLocalClock();

    vi.advanceTimersByTime(SECOND);

    expect(clock.now()).toBe(NOW + SECOND);
  });

  test('is followed, however shifted and fast', async () => {
    answering(() => Response.json({ now: NOW - 5 * MINUTE, rate: 60 }));
    const clock = createLocalClock();

    await clock.compare();
    vi.advanceTimersByTime(2 * SECOND);

    expect(clock.now()).toBe(NOW - 3 * MINUTE);
    expect(fetch).toHaveBeenCalledExactlyOnceWith('_local/clock.json', { cache: 'no-store' });
  });

  test.each([
    ['no clock in the answer', () => Response.json({})],
    [
      'no answer',
      () => {
        throw new TypeError('Failed to fetch');
      },
    ],
  ])('keeps the last comparison when there is %s', async (_, answer) => {
    const clock = createLocalClock();
    answering(() => Response.json({ now: NOW + MINUTE, rate: 1 }));
    await clock.compare();

    answering(answer);
    await clock.compare();

    expect(clock.now()).toBe(NOW + MINUTE);
  });
});
