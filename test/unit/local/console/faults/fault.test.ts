import { expect, test } from 'vitest';
import { readNumber } from '../../../../../local/console/faults/fault.ts';
import { FAULT_ROWS } from '../../../../../local/faults/fault-table.ts';
import { readFaults } from '../../../../../local/faults/faults.ts';

test('the ends of each range are accepted by page and system, and what is beyond by neither', () => {
  for (const { name, number } of FAULT_ROWS) {
    if (number === undefined) continue;
    for (const value of [number.min === number.off ? number.min + 1 : number.min, number.max]) {
      expect(readNumber(number, String(value))).toEqual({ value });
      expect(readFaults({ [name]: value })).toEqual({ [name]: value });
    }
    expect(readNumber(number, String(number.max + 1))).toHaveProperty('problem');
    expect(() => readFaults({ [name]: number.max + 1 })).toThrow();
  }
});

test('a switch that is on does not take the number at which nothing goes wrong', () => {
  const number = { label: 'Times as fast', min: 1, max: 3600, off: 1, on: 20 };

  expect(readNumber(number, '1')).toEqual({ problem: 'Times as fast: a whole number from 2 to 3600.' });
  expect(readNumber(number, '2')).toEqual({ value: 2 });
});

test.each(['', ' ', '1.5', 'ten'])('says what may be typed instead of "%s"', (typed) => {
  const number = { label: 'Seconds', min: 0, max: 60, off: 0, on: 10 };

  expect(readNumber(number, typed)).toEqual({ problem: 'Seconds: a whole number from 1 to 60.' });
});
