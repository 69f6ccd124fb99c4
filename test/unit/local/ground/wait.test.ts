import { expect, test } from 'vitest';
import { createClock } from '../../../../local/ground/clock.ts';
import { createWait } from '../../../../local/ground/wait.ts';

const aWait = (rate = 1) => {
  const clock = createClock();
  clock.adjust({ rate });
  const closing = new AbortController();
  return { clock, closing, wait: createWait(clock, closing.signal) };
};

/** The real milliseconds until the wait is over. */
const durationOf = async (waiting: Promise<boolean>) => {
  const started = performance.now();
  const isOver = await waiting;
  return { isOver, ms: performance.now() - started };
};

test('a wait lasts as long as the local clock says', async () => {
  const { isOver, ms } = await durationOf(aWait(100).wait(5_000));

  expect(isOver).toBe(true);
  // Node's timers may fire a millisecond early.
  expect(ms).toBeGreaterThan(40);
  expect(ms).toBeLessThan(400);
});

test.each([
  ['runs faster', { rate: 3_600 }],
  ['is set forward', { offsetMs: 3_600_000 }],
])('a wait under way ends early when the clock %s', async (_, change) => {
  const { clock, wait } = aWait();
  const waiting = durationOf(wait(600_000));

  clock.adjust(change);

  const { isOver, ms } = await waiting;
  expect(isOver).toBe(true);
  expect(ms).toBeLessThan(1_500);
});

test('a clock that is set back does not prolong a wait', async () => {
  const { clock, wait } = aWait();
  const waiting = durationOf(wait(100));

  clock.adjust({ offsetMs: -3_600_000 });

  expect((await waiting).ms).toBeLessThan(1_000);
});

test('every wait ends at once when the system closes, and so does each later one', async () => {
  const { closing, wait } = aWait();
  const waiting = Array.from({ length: 30 }, () => durationOf(wait(60_000)));

  closing.abort();

  for (const { isOver, ms } of await Promise.all(waiting)) {
    expect(isOver).toBe(false);
    expect(ms).toBeLessThan(500);
  }
  expect(await wait(60_000)).toBe(false);
});

test('waiting for nothing is over at once', async () => {
  expect(await aWait().wait(0)).toBe(true);
});

test('a wait takes at least the given real time, however fast the clock', async () => {
  const { isOver, ms } = await durationOf(aWait(3_600).wait(1_000, 200));

  expect(isOver).toBe(true);
  expect(ms).toBeGreaterThan(195);
});
