import { expect, test } from 'vitest';
import {
  ALL_OFF,
  countOn,
  FAULT_GROUPS,
  isOn,
  readSetting,
} from '../../../../../local/console/faults/fault-catalogue.ts';
import { FAULT_SETTINGS, NO_FAULTS, readFaults } from '../../../../../local/faults/faults.ts';

const ALL = FAULT_GROUPS.flatMap(({ faults }) => faults);

test('the page has a switch for every fault of the local system, and all off means the same to both', () => {
  expect(ALL.map(({ name }) => name).toSorted()).toEqual(Object.keys(FAULT_SETTINGS).toSorted());
  expect(ALL_OFF).toEqual(NO_FAULTS);
});

test('what a switch sets is accepted, and counts as on', () => {
  for (const fault of ALL) {
    const on = { ...ALL_OFF, [fault.name]: fault.setting?.on ?? true };

    expect(readFaults(on)).toEqual(on);
    expect(isOn(fault, on)).toBe(true);
    expect(countOn(on)).toBe(1);
  }
});

test('the ends of each range are accepted by both, and what is beyond by neither', () => {
  for (const { name, setting } of ALL) {
    if (setting === undefined) continue;
    for (const value of [setting.min, setting.max]) {
      expect(readSetting(setting, String(value))).toEqual({ value });
      expect(readFaults({ [name]: value })).toEqual({ [name]: value });
    }
    expect(readSetting(setting, String(setting.max + 1))).toHaveProperty('problem');
    expect(() => readFaults({ [name]: setting.max + 1 })).toThrow();
  }
});

test.each(['', ' ', '1.5', 'ten'])('says what may be typed instead of "%s"', (typed) => {
  const setting = { label: 'Seconds', min: 1, max: 60, off: 0, on: 10 };

  expect(readSetting(setting, typed)).toEqual({ problem: 'Seconds: a whole number from 1 to 60.' });
});
