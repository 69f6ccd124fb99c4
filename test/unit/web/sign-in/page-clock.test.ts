import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createPageClock } from '../../../../web/sign-in/page-clock.ts';
import { MINUTE, NOW, SECOND } from '../../../support/table/challenges.ts';

const DEPLOYED = { region: 'eu-west-1', userPoolId: 'eu-west-1_AbCdEfGhI', userPoolClientId: 'client' };
const LOCAL = { ...DEPLOYED, endpoint: 'http://127.0.0.1:4566' };

const answering = (answer: () => Response) =>
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => answer()),
  );
const servedAt = (date: string) => () => new Response(null, { headers: { date } });

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('shows the person’s own clock until it is compared', () => {
  const clock = createPageClock(LOCAL);

  vi.advanceTimersByTime(SECOND);

  expect(clock.now()).toBe(NOW + SECOND);
});

test('follows the local system’s clock, however shifted and fast', async () => {
  answering(() => Response.json({ now: NOW - 5 * MINUTE, rate: 60 }));
  const clock = createPageClock(LOCAL);

  await clock.compare();
  vi.advanceTimersByTime(2 * SECOND);

  expect(clock.now()).toBe(NOW - 3 * MINUTE);
  expect(fetch).toHaveBeenCalledExactlyOnceWith('_local/clock.json', { cache: 'no-store' });
});

describe('where the page is deployed', () => {
  test('takes the date of the page’s own server for the service’s, and is never ahead of it', async () => {
    answering(servedAt('Wed, 15 Jan 2025 12:01:00 GMT'));
    const clock = createPageClock(DEPLOYED);

    await clock.compare();
    vi.advanceTimersByTime(SECOND);

    expect(clock.now()).toBe(NOW + MINUTE + SECOND);
    expect(fetch).toHaveBeenCalledExactlyOnceWith('config.json', { method: 'HEAD', cache: 'no-store' });
  });

  test.each([
    ['no date', () => new Response(null)],
    [
      'no answer',
      () => {
        throw new TypeError('Failed to fetch');
      },
    ],
  ])('keeps the last comparison when there is %s', async (_, answer) => {
    const clock = createPageClock(DEPLOYED);
    answering(servedAt('Wed, 15 Jan 2025 12:01:00 GMT'));
    await clock.compare();

    answering(answer);
    await clock.compare();

    expect(clock.now()).toBe(NOW + MINUTE);
  });
});
