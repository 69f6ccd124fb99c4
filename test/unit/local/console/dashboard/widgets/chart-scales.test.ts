import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  annotationsOn,
  scaleRange,
  stepsUpTo,
} from '../../../../../../local/console/dashboard/widgets/chart-scales.ts';

const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });

describe('the scale of an axis', () => {
  it('begins at 0, holds every value and every annotation, and is never empty', () => {
    fc.assert(
      fc.property(fc.array(number), fc.array(number), (values, annotations) => {
        const [lowest, highest] =
          values.length === 0 ? [null, null] : [Math.min(...values), Math.max(...values)];
        const [bottom, top] = scaleRange({}, annotations, lowest, highest);

        expect(bottom).toBeLessThan(top);
        for (const value of [0, ...values, ...annotations]) {
          expect(value).toBeGreaterThanOrEqual(bottom);
          expect(value).toBeLessThanOrEqual(top);
        }
      }),
    );
  });

  it('keeps to what the widget says', () => {
    expect(scaleRange({ min: 10, max: 20 }, [], 0, 100)).toEqual([10, 20]);
  });

  it('has whole steps only, unless it is about less than one', () => {
    expect(stepsUpTo(3).every(Number.isInteger)).toBe(true);
    expect(stepsUpTo(0.2)).toContain(0.05);
  });
});

it('a line belongs to the axis of its side', () => {
  const line = (side: 'left' | 'right') => ({ value: 1, label: side, side });
  const widget = {
    kind: 'timeSeries',
    title: 'Mails',
    queries: [],
    annotations: [line('left'), line('right')],
    axes: { left: {}, right: {} },
  } as const;

  expect(annotationsOn(widget, 'right')).toEqual([line('right')]);
});
