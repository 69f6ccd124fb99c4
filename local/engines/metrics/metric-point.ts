/** Adds values to a minute's point. */
import type { MetricPoint } from './metric.ts';

const MINUTE_MS = 60_000;

export const minuteOf = (at: number): number => Math.floor(at / MINUTE_MS) * MINUTE_MS;

const addValue = ({ at, count, sum, min, max, values }: MetricPoint, value: number): MetricPoint => {
  const known = values.find((entry) => entry.value === value);
  const others = values.filter((entry) => entry !== known);
  return {
    at,
    count: count + 1,
    sum: sum + value,
    min: Math.min(min, value),
    max: Math.max(max, value),
    values: [...others, { value, count: (known?.count ?? 0) + 1 }].toSorted((a, b) => a.value - b.value),
  };
};

const firstValue = (at: number, value: number): MetricPoint => ({
  at: minuteOf(at),
  count: 1,
  sum: value,
  min: value,
  max: value,
  values: [{ value, count: 1 }],
});

/** `point` is undefined for the minute's first values. Returns undefined if there are no values at all. */
export const addValues = (
  point: MetricPoint | undefined,
  at: number,
  values: readonly number[],
): MetricPoint | undefined =>
  values.reduce<MetricPoint | undefined>(
    (sum, value) => (sum === undefined ? firstValue(at, value) : addValue(sum, value)),
    point,
  );
