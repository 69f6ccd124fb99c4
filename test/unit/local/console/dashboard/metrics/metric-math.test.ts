import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  evaluateMath,
  idsIn,
  parseMath,
} from '../../../../../../local/console/dashboard/metrics/metric-math.ts';

const evaluate = (text: string, values: Readonly<Record<string, number>> = {}) =>
  evaluateMath(parseMath(text), (id) => values[id]);

describe('metric math', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['10 - 4 - 3', 3],
    ['24 / 4 / 2', 3],
    ['-a + 5', 3],
    ['2 * -a', -4],
    ['100 * a / b', 25],
    ['a+b', 10],
    [' 0.5 * b ', 4],
    ['FILL(a, 0) + FILL(missing, 0)', 2],
    ['FILL(missing, a)', 2],
    ['100 * (FILL(a, 0)) / (FILL(a, 0) + FILL(b, 0))', 20],
  ])('%s is %d', (text, expected) => {
    expect(evaluate(text, { a: 2, b: 8 })).toBe(expected);
  });

  it.each(['missing', '-missing', '1 + missing', 'missing * 0', 'a / 0', '0 / 0', 'FILL(missing, other)'])(
    'has no value where one is missing that is not filled, nor for a division by zero: %s',
    (text) => {
      expect(evaluate(text, { a: 2 })).toBeUndefined();
    },
  );

  it.each([
    '',
    '1 +',
    '(1',
    '1)',
    '1 2',
    'a b',
    'SUM(a)',
    'FILL(a)',
    'FILL a',
    'FILL(a + b, REPEAT)',
    'REPEAT',
    'a % b',
    'a > 1',
    '+1',
    'METRICS()',
  ])('is refused where it is something else: "%s"', (text) => {
    expect(() => parseMath(text)).toThrow(`"${text}"`);
  });

  it('names what it refers to', () => {
    expect(idsIn(parseMath('100 * -(a + FILL(b_2, c)) / FILL(a, REPEAT)'))).toEqual(['a', 'b_2', 'c', 'a']);
  });

  it('counts as arithmetic does, whatever the brackets', () => {
    /** An expression in both notations. No number is 0, so that nothing is divided by 0. */
    const { expression } = fc.letrec<{ expression: string; operation: string }>((tie) => ({
      expression: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.integer({ min: 1, max: 99 }).map(String),
        tie('operation'),
        tie('operation').map((inner) => `(${inner})`),
      ),
      operation: fc
        .tuple(tie('expression'), fc.constantFrom('+', '-', '*', '/'), tie('expression'))
        .map(([left, operator, right]) => `${left} ${operator} ${right}`),
    }));

    fc.assert(
      fc.property(expression, (text) => {
        const expected = new Function(`return ${text}`)() as number;
        expect(evaluate(text)).toBe(Number.isFinite(expected) ? expected : undefined);
      }),
    );
  });
});
