import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readWholeNumber } from '../../../../shared/lambda/whole-number.ts';

const whole = fc.nat({ max: 999_999_999 });

test('reads a whole number as it is written', () => {
  fc.assert(fc.property(whole, (number) => readWholeNumber(String(number)) === number));
});

test('reads a product of two, as the template writes minutes and days', () => {
  fc.assert(fc.property(whole, whole, (one, other) => readWholeNumber(`${one}*${other}`) === one * other));
});

test.each([
  [''],
  ['*'],
  ['15*'],
  ['*60'],
  ['15*60*2'],
  ['15 * 60'],
  ['15x60'],
  ['6.5'],
  ['6.5*60'],
  ['-6'],
  ['15*-60'],
  ['6e1'],
  ['0x6'],
  ['1234567890'],
  ['٦'],
  ['15*60\n'],
])('takes %j for no number', (text) => {
  expect(readWholeNumber(text)).toBeUndefined();
});
