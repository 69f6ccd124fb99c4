import { expect, test } from 'vitest';
import { createFaultSwitches } from '../../../../local/faults/fault-switches.ts';
import type { Faults } from '../../../../local/faults/fault-table.ts';
import { disturbClock } from '../../../../local/faults/faulty-clock.ts';
import { createClock } from '../../../../local/ground/clock.ts';

const aDisturbedClock = (initial: Partial<Faults> = {}) => {
  const clock = createClock();
  const switches = createFaultSwitches(initial);
  disturbClock(clock, switches);
  /** By how many seconds the clock is ahead, rounded. */
  const ahead = () => Math.round((clock.now() - Date.now()) / 1000);
  return { clock, switches, ahead };
};

test('the clock starts as the switches say', () => {
  const { clock, ahead } = aDisturbedClock({ clockOffsetSeconds: 3600, clockRate: 2 });

  expect(ahead()).toBe(3600);
  expect(clock.settings().rate).toBe(2);
});

test('the clock is set forward and back, to where the switch says', () => {
  const { switches, ahead } = aDisturbedClock();

  const seen = [3600, 60, -60, 0].map((clockOffsetSeconds) => {
    switches.set({ clockOffsetSeconds });
    return ahead();
  });

  expect(seen).toEqual([3600, 60, -60, 0]);
});

test('the clock runs as fast as the switch says, and keeps what it has gained', async () => {
  const { switches, ahead, clock } = aDisturbedClock({ clockRate: 3600 });
  await expect.poll(ahead, { interval: 5 }).toBeGreaterThan(100);

  switches.set({ clockRate: 1 });

  expect(clock.settings().rate).toBe(1);
  expect(ahead()).toBeGreaterThan(100);
});

test('another switch leaves the clock alone, whoever has moved it', () => {
  const { switches, clock, ahead } = aDisturbedClock();
  clock.adjust({ offsetMs: 60_000, rate: 1.5 });

  switches.set({ sesDown: true });

  expect(clock.settings().rate).toBe(1.5);
  expect(ahead()).toBe(60);
});
