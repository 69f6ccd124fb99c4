import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillText, pluralOf } from '../../../../shared/language/fill-text.ts';

test('fills each placeholder that has a value, as often as it stands there', () => {
  expect(fillText('{a} and {b} and {a}', { a: 'one', b: 2 })).toBe('one and 2 and one');
});

test('leaves what is no placeholder, and one without a value', () => {
  expect(fillText('{c} {} {a b} {toString}', { a: 'one' })).toBe('{c} {} {a b} {toString}');
});

test('searches no value for placeholders, and gives no sign of it a meaning', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.constantFrom('{b}', '$&', '$1', '$$')), (value) => {
      expect(fillText('<{a}>', { a: value, b: 'never' })).toBe(`<${value}>`);
    }),
  );
});

const POLISH = { one: 'minuta', few: 'minuty', many: 'minut', other: 'minuty' };
const ARABIC = { one: 'one', two: 'two', few: 'few', other: 'other' };

test.each([
  ['en', 1, 'one'],
  ['en', 2, 'other'],
  ['ar', 2, 'two'],
  ['ar', 10, 'few'],
  ['he', 2, 'two'],
  ['ja', 1, 'other'],
  ['fr', 1, 'one'],
])('in %s the number %i takes the form %s', (language, count, form) => {
  expect(pluralOf(language, ARABIC, count)).toBe(form);
});

test.each([
  [1, 'minuta'],
  [3, 'minuty'],
  [5, 'minut'],
  [10, 'minut'],
])('Polish has three forms: %i %s', (count, form) => {
  expect(pluralOf('pl', POLISH, count)).toBe(form);
});

test('a form that a language lacks is its last one', () => {
  expect(pluralOf('pl', { other: 'last' }, 3)).toBe('last');
});
