import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSame, valueAt, withoutNulls, withValue } from '../../../../shared/pool/json.ts';

describe('isSame', () => {
  test.each([
    [
      ['a', 'b'],
      ['b', 'a'],
    ],
    [
      [{ Name: 'x', Priority: 1 }, { Name: 'y' }],
      [{ Name: 'y' }, { Priority: 1, Name: 'x' }],
    ],
    [undefined, null],
    [undefined, ''],
    [undefined, {}],
    [undefined, []],
    [{ a: { b: [] } }, undefined],
    [{ a: 1, b: null }, { a: 1 }],
  ])('takes %j and %j for the same', (one, other) => {
    expect(isSame(one, other)).toBe(true);
    expect(isSame(other, one)).toBe(true);
  });

  test.each([
    [['a'], ['a', 'a']],
    [false, undefined],
    [0, undefined],
    ['1', 1],
    [{ a: 1 }, { a: 1, b: false }],
    [['a,b'], ['a', 'b']],
    [{ a: { b: 1 } }, { 'a.b': 1 }],
  ])('tells %j from %j', (one, other) => {
    expect(isSame(one, other)).toBe(false);
  });

  test('holds for any JSON and its copy', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => isSame(value, structuredClone(value))));
  });
});

describe('withValue', () => {
  test('sets what valueAt reads, and leaves all else', () => {
    const json = { a: { b: 1, c: 2 }, d: 3 };

    expect(withValue(json, 'a.b', 4)).toEqual({ a: { b: 4, c: 2 }, d: 3 });
    expect(withValue({}, 'a.b.c', 4)).toEqual({ a: { b: { c: 4 } } });
    expect(valueAt(withValue(json, 'a.x.y', [1]), 'a.x.y')).toEqual([1]);
    expect(valueAt(json, 'd.e.f')).toBeUndefined();
  });

  test('removes with undefined, also an object that is empty then', () => {
    expect(withValue({ a: { b: 1, c: 2 } }, 'a.b', undefined)).toEqual({ a: { c: 2 } });
    expect(withValue({ a: { b: 1 }, d: 3 }, 'a.b', undefined)).toEqual({ d: 3 });
    expect(withValue({ d: 3 }, 'a.b', undefined)).toEqual({ d: 3 });
  });
});

test('withoutNulls removes them at every depth, and nothing else', () => {
  expect(withoutNulls({ a: null, b: [{ c: null, d: 0 }], e: false, f: '' })).toEqual({
    b: [{ d: 0 }],
    e: false,
    f: '',
  });
});
