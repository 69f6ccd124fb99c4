import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createStepClock } from '../../../../client/step/step-clock.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
const at = (ms: number) => new Date(NOW + ms).toISOString();

beforeEach(() => {
  vi.useFakeTimers({ now: NOW - 86_400_000 });
});
afterEach(() => vi.useRealTimers());

describe('the clock of a step', () => {
  test('is behind the service by the shortest way that an answer took, and never ahead', () => {
    const clock = createStepClock(NOW);

    vi.advanceTimersByTime(5_000);
    clock.note(at(5_000 - 400));
    expect(clock.now()).toBe(NOW + 5_000);
    vi.advanceTimersByTime(5_000);
    clock.note(at(10_000 + 300));

    expect(clock.now()).toBe(NOW + 10_300);
    expect(clock.isSure()).toBe(true);
  });

  test('goes on while the machine sleeps, and is not sure of itself until the next answer', () => {
    const clock = createStepClock(NOW);

    // Timers do not run in sleep; the date does.
    vi.setSystemTime(Date.now() + 280_000);
    expect(clock.now()).toBe(NOW + 280_000);
    expect(clock.isSure()).toBe(false);
    clock.note(at(279_500));

    expect(clock.now()).toBe(NOW + 279_500);
    expect(clock.isSure()).toBe(true);
  });

  test('does not go back with the machine’s date', () => {
    const clock = createStepClock(NOW);

    vi.advanceTimersByTime(5_000);
    vi.setSystemTime(Date.now() - 3_600_000);

    expect(clock.now()).toBe(NOW + 5_000);
    expect(clock.isSure()).toBe(true);
  });

  test('guesses where the service has not said the time, and does not take nonsense for it', () => {
    const clock = createStepClock(undefined);
    clock.note('nonsense');
    clock.note(undefined);

    expect(clock.now()).toBe(Date.now());
    expect(clock.isSure()).toBe(false);
    clock.note(at(0));
    expect(clock.now()).toBe(NOW);
  });

  test('is the one that is given, which can be asked', async () => {
    const given = { now: () => 42, compare: vi.fn(async () => {}) };
    const clock = createStepClock(NOW, given);

    await clock.compare();
    clock.note(at(0));

    expect(clock.now()).toBe(42);
    expect(clock.isSure()).toBe(true);
    expect(given.compare).toHaveBeenCalledOnce();
  });
});
