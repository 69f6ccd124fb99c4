import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FAULT_ROWS } from '../../../../local/faults/fault-table.ts';
import { FAULT_HELP, faultsOn, NO_FAULTS, parseFaults, readFaults } from '../../../../local/faults/faults.ts';
import { AwsError } from '../../../../local/ground/service.ts';

const problems = (read: () => unknown): string => {
  try {
    return JSON.stringify(read());
  } catch (error) {
    if (error instanceof AwsError && error.status === 400) return error.message;
    throw error;
  }
};

describe('the faults', () => {
  test('are all off at first', () => {
    const { clockRate, ...others } = NO_FAULTS;

    expect(clockRate).toBe(1);
    expect(Object.keys(others)).toHaveLength(FAULT_ROWS.length - 1);
    expect(new Set(Object.values(others))).toEqual(new Set([0, false]));
    expect(faultsOn(NO_FAULTS)).toEqual({});
  });

  test('that are on are named with their values', () => {
    expect(faultsOn({ ...NO_FAULTS, sesDown: true, clockRate: 60 })).toEqual({
      sesDown: true,
      clockRate: 60,
    });
  });

  test('take every value of their range and none beside it', () => {
    const whole = fc.integer({ min: -3_000_000, max: 3_000_000 });

    fc.assert(
      fc.property(
        fc.constantFrom(...FAULT_ROWS),
        fc.oneof(whole, fc.boolean()),
        ({ name, number }, value) => {
          const allowed =
            number === undefined
              ? typeof value === 'boolean'
              : typeof value === 'number' && value >= number.min && value <= number.max;

          const answer = problems(() => readFaults({ [name]: value }));

          expect(answer === JSON.stringify({ [name]: value })).toBe(allowed);
        },
      ),
    );
  });

  test.each([
    ['a fraction', { sesDelaySeconds: 1.5 }, 'sesDelaySeconds must be a whole number from 0 to 60'],
    ['a text', { crashAfterSend: '1' }, 'crashAfterSend must be a whole number from 0 to 10'],
    ['nothing', { sesDown: null }, 'sesDown must be true or false'],
    ['a name of JavaScript’s own', { constructor: 1 }, /^constructor is not a fault; the faults are /],
    ['the prototype', JSON.parse('{"__proto__": 1}'), /^__proto__ is not a fault; /],
    [
      'several mistakes',
      { clockRate: 0, lostTriggerAnswers: 3 },
      'clockRate must be a whole number from 1 to 3600; lostTriggerAnswers must be a whole number from 0 to 2',
    ],
  ])('refuse %s in words', (_, input, message) => {
    expect(problems(() => readFaults(input))).toMatch(message);
  });

  test('have a line of help each: name, title and values', () => {
    expect(FAULT_HELP).toHaveLength(FAULT_ROWS.length);
    expect(FAULT_HELP).toContain('sesDelaySeconds          SES is slow (seconds, 0 to 60)');
    expect(FAULT_HELP).toContain('sesDown                  SES is down (true or false)');
  });

  test('are read from texts by the same rules', () => {
    expect(parseFaults({ sesDelaySeconds: '10', sesDown: 'true', clockOffsetSeconds: '-60' })).toEqual({
      sesDelaySeconds: 10,
      sesDown: true,
      clockOffsetSeconds: -60,
    });
    expect(problems(() => parseFaults({ sesDown: '1', clockRate: '' }))).toBe(
      'sesDown must be true or false; clockRate must be a whole number from 1 to 3600',
    );
  });
});
