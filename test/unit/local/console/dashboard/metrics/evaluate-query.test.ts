import { describe, expect, it } from 'vitest';
import { periodOf, valuesOf } from '../../../../../../local/console/dashboard/metrics/evaluate-query.ts';
import { aMetric, anExpression, aPoint, aStatistic, MINUTE_MS } from './a-metric.ts';

const GRID = { start: 0, periodMs: MINUTE_MS, count: 3 };
const SENT = aMetric('Sent', [aPoint(0, 1, 1), aPoint(2 * MINUTE_MS, 1)]);
const FAILED = aMetric('Failed', [aPoint(0, 2)]);
const QUERIES = [aStatistic('Sent'), aStatistic('Failed')];

describe('a statistic', () => {
  it('is there for each period in which something was measured', () => {
    expect(valuesOf(aStatistic('Sent'), [], [SENT, FAILED], GRID)).toEqual([2, undefined, 1]);
  });

  it('is of the metric with exactly these dimensions', () => {
    const others = [
      aMetric('Sent', [aPoint(0, 9)], { service: 'other' }),
      aMetric('Sent', [aPoint(0, 9)], { service: 'deliver-code', reason: 'any' }),
      aMetric('Sent', [aPoint(0, 9)], {}),
    ];

    expect(valuesOf(aStatistic('Sent'), [], others, GRID)).toEqual([undefined, undefined, undefined]);
  });
});

describe('an expression', () => {
  it('is computed period by period', () => {
    const values = valuesOf(anExpression('100 * failed / sent'), QUERIES, [SENT, FAILED], GRID);

    expect(values).toEqual([100, undefined, undefined]);
  });

  it('may fill what was not measured, and refer to another expression', () => {
    const share = { ...anExpression('sent - FILL(failed, 0)'), id: 'share' };

    const values = valuesOf(anExpression('-share'), [...QUERIES, share], [SENT, FAILED], GRID);

    expect(values).toEqual([-0, undefined, -1]);
  });

  it('may repeat what was measured last, from when anything was', () => {
    const rare = aMetric('Failed', [aPoint(MINUTE_MS, 3)]);

    expect(valuesOf(anExpression('FILL(failed, REPEAT)'), QUERIES, [rare], GRID)).toEqual([undefined, 3, 3]);
  });

  it('has the longest period of what it refers to', () => {
    const queries = [aStatistic('Sent', 'Sum', 60), aStatistic('Failed', 'Sum', 300)];

    expect(periodOf(anExpression('sent'), queries)).toBe(60);
    expect(periodOf(anExpression('sent / failed'), queries)).toBe(300);
  });

  it('that refers to what is not there is refused', () => {
    expect(() => valuesOf(anExpression('other'), QUERIES, [], GRID)).toThrow('other');
  });
});
