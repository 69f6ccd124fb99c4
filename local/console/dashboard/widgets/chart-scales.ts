/** Computes the ranges and labels of a chart's axes. */
import type { Annotation, Axis, Side, TimeSeriesWidget } from '../dashboard-body.ts';

/** The space above the highest value, as a factor. */
const HEADROOM = 1.1;

const STEPS = [1, 2, 5];
const powers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => 10 ** (from + index));

/** Steps for an axis that goes beyond 1: counts are whole numbers. */
const WHOLE_STEPS = powers(0, 12).flatMap((power) => STEPS.map((step) => step * power));
const FINE_STEPS = powers(-6, -1).flatMap((power) => STEPS.map((step) => step * power));

export const stepsUpTo = (max: number): number[] => (max > 1 ? WHOLE_STEPS : [...FINE_STEPS, 1]);

/** Returns a range that includes all values and all annotations. */
export const scaleRange = (
  { min, max }: Axis,
  annotations: readonly number[],
  lowest: number | null,
  highest: number | null,
): [number, number] => {
  const bottom = min ?? Math.min(0, lowest ?? 0, ...annotations);
  const top = Math.max(0, highest ?? 0, ...annotations) * HEADROOM;
  return [bottom, max ?? (top > bottom ? top : bottom + 1)];
};

export const annotationsOn = ({ annotations }: TimeSeriesWidget, side: Side): readonly Annotation[] =>
  annotations.filter((annotation) => annotation.side === side);
