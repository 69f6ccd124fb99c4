import { expect, test } from 'vitest';
import { createFaultSwitches } from '../../../../local/faults/fault-switches.ts';
import { NO_FAULTS } from '../../../../local/faults/faults.ts';

test('start as they are told to, everything else off', () => {
  expect(createFaultSwitches({ sesDown: true }).current()).toEqual({ ...NO_FAULTS, sesDown: true });
});

test('change only what is set, and tell their listeners what was before', () => {
  const switches = createFaultSwitches({ sesDown: true });
  const heard: unknown[] = [];
  switches.onChange((now, before) => heard.push([now.clockRate, before.clockRate]));

  const answer = switches.set({ clockRate: 5 });

  expect(answer).toEqual({ ...NO_FAULTS, sesDown: true, clockRate: 5 });
  expect(switches.current()).toEqual(answer);
  expect(heard).toEqual([[5, 1]]);
});
