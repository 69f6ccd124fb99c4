import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { throttle } from '../../../../local/api/throttle.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the first call runs at once, and many after it run as one when the time is over', () => {
  const action = vi.fn();
  const run = throttle(action, 1_000);

  for (let call = 0; call < 5; call += 1) run();
  expect(action).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(999);
  expect(action).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);

  expect(action).toHaveBeenCalledTimes(2);
});

test('calls without end run once in each stretch of time', () => {
  const action = vi.fn();
  const run = throttle(action, 1_000);

  for (let ms = 0; ms < 5_000; ms += 100) {
    run();
    vi.advanceTimersByTime(100);
  }

  expect(action).toHaveBeenCalledTimes(6);
});

test('nothing runs without a call', () => {
  const action = vi.fn();
  const run = throttle(action, 1_000);
  run();

  vi.advanceTimersByTime(10_000);
  expect(action).toHaveBeenCalledTimes(1);
  run();

  expect(action).toHaveBeenCalledTimes(2);
});
