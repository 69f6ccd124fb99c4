import { describe, expect, test } from 'vitest';
import { compilePattern } from '../../../../../local/engines/events/pattern.ts';

// What AWS's own engine says of these patterns and events: software.amazon.event.ruler 1.8.1, each row put to it.

describe('as on AWS, the pattern', () => {
  test.each([
    [{ a: { b: [{ exists: false }] } }, { a: [] }],
    [{ a: { b: { c: [{ exists: false }] } } }, { a: [[], {}] }],
    [{ a: [{ exists: false }] }, { a: [[]] }],
    [{ a: [{ exists: false }] }, { a: {} }],
    [{ a: [{ exists: false }] }, { a: { b: 1 } }],
    [{ a: [{ exists: true }] }, { a: [[null]] }],
    [{ a: { b: [1], c: [{ exists: false }] } }, { a: [{ b: 1 }, { c: 1 }] }],
    [{ a: [{ exists: false }, 'x'] }, { a: 'x' }],
    [{ a: [1] }, { a: [[1], 2] }],
    [{ a: { b: [1], c: [2] } }, { a: [[{ b: 1, c: 2 }], [{ b: 3, c: 4 }]] }],
    [
      { a: { b: [1] }, c: { b: [2] } },
      { a: [{ b: 0 }, { b: 1 }], c: [{ b: 2 }, { b: 3 }] },
    ],
    [{ 'a.b': [1] }, { a: { b: 1 } }],
    [{ a: { b: [1] } }, { 'a.b': 1 }],
    [{ a: [null] }, { a: null }],
    [{ a: [{ 'anything-but': 'x' }] }, { a: null }],
    [{ a: [{ 'anything-but': 'x' }] }, { a: 5 }],
    [{ a: [{ 'anything-but': 5 }] }, { a: '5' }],
    [{ a: [{ 'anything-but': { prefix: 'x' } }] }, { a: 5 }],
    [{ a: [{ prefix: '' }] }, { a: 'ab' }],
    [{ a: [{ prefix: { 'equals-ignore-case': 'A' } }] }, { a: 'ab' }],
    [{ a: [{ suffix: 'b' }] }, { a: ['c', 'ab'] }],
    [{ a: [{ suffix: { 'equals-ignore-case': 'B' } }] }, { a: 'ab' }],
    [{ a: [{ 'equals-ignore-case': 'ÄB' }] }, { a: 'äb' }],
    [{ a: [{ wildcard: 'a*b*' }] }, { a: 'axbx' }],
    [{ a: [{ numeric: ['>', 0, '<=', 5] }] }, { a: 5 }],
    [{ a: [{ numeric: ['=', 5] }] }, { a: 5 }],
    [{ a: [{ cidr: '10.0.0.0/24' }] }, { a: '10.0.0.7' }],
    [{ a: [{ cidr: '10.0.0.5/24' }] }, { a: '10.0.0.7' }],
    [{ a: [{ cidr: '2001:db8::/120' }] }, { a: '2001:db8::f' }],
    [
      { c: [3], $or: [{ a: [1] }, { b: [2] }] },
      { b: 2, c: 3 },
    ],
    [{ d: { $or: [{ a: [1] }, { b: [2] }] } }, { d: { b: 2 } }],
    [{ $or: [{ a: [{ exists: false }] }, { b: [2] }] }, { b: 3 }],
    [{ a: ['x'], $or: [{ a: ['y'] }, { b: [1] }] }, { a: 'y' }],
  ] as const)('%j matches %j', (pattern, event) => {
    expect(compilePattern(pattern)(event)).toBe(true);
  });

  test.each([
    [{ a: [{ exists: true }] }, { a: { b: 1 } }],
    [{ a: [{ exists: false }] }, { a: null }],
    [{ a: { b: [{ exists: false }] } }, { a: [{ b: 1 }, { c: 1 }] }],
    [{ a: { b: [{ exists: false }], c: [1] } }, { a: [{ b: 1 }, { c: 1 }] }],
    [{ a: [{ exists: false }, 'x'] }, { a: 'y' }],
    [{ a: { b: [1], c: [4] } }, { a: [[{ b: 1, c: 2 }], [{ b: 3, c: 4 }]] }],
    [
      { a: { b: [1], c: { d: [2] } } },
      {
        a: [
          { b: 1, c: [{ d: 3 }] },
          { b: 4, c: [{ d: 2 }] },
        ],
      },
    ],
    [{ a: [null] }, { a: 'null' }],
    [{ a: [null] }, { a: [] }],
    [{ a: ['1'] }, { a: 1 }],
    [{ a: [{ 'anything-but': 'x' }] }, { a: [] }],
    [{ a: [{ 'anything-but': 'x' }] }, { a: { b: 'y' } }],
    [{ a: [{ 'anything-but': { prefix: ['x', 'z'] } }] }, { a: 'zy' }],
    [{ a: [{ 'anything-but': { suffix: 'x' } }] }, { a: 'ax' }],
    [{ a: [{ 'anything-but': { wildcard: 'a*' } }] }, { a: 'ax' }],
    [{ a: [{ 'anything-but': { 'equals-ignore-case': ['A'] } }] }, { a: 'a' }],
    [{ a: [{ prefix: '' }] }, { a: 5 }],
    [{ a: [{ wildcard: 'a*b' }] }, { a: 'axbx' }],
    [{ a: [{ wildcard: 'a\\*' }] }, { a: 'ab' }],
    [{ a: [{ wildcard: 'a.c' }] }, { a: 'abc' }],
    [{ a: [{ numeric: ['>', 0, '<', 5] }] }, { a: 5 }],
    [{ a: [{ numeric: ['=', 5] }] }, { a: '5' }],
    [{ a: [{ numeric: ['<', 5] }] }, { a: null }],
    [{ a: [{ cidr: '10.0.0.0/24' }] }, { a: '10.0.1.7' }],
    [{ a: [{ cidr: '10.0.0.0/24' }] }, { a: '10.0.0.7/32' }],
    [
      { c: [3], $or: [{ a: [1] }, { b: [2] }] },
      { a: 1, b: 2 },
    ],
    [{ $or: [{ a: [{ exists: false }] }, { b: [2] }] }, { a: 1, b: 3 }],
    [{ a: ['x'], $or: [{ a: ['y'] }, { b: [1] }] }, { a: 'x' }],
  ] as const)('%j does not match %j', (pattern, event) => {
    expect(compilePattern(pattern)(event)).toBe(false);
  });
});
