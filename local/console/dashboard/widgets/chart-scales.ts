/** How the axes of a chart reach and what they say. */
import type { Annotation, Axis, Side, TimeSeriesWidget } from '../dashboard-body.ts';

/** Air above the highest value. */
const HEADROOM = 1.1;

const STEPS = [1, 2, 5];
const powers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => 10 ** (from + index));

/** Counts have no halves, so that an axis that goes beyond 1 has whole numbers. */
const WHOLE_STEPS = powers(0, 12).flatMap((power) => STEPS.map((step) => step * power));
const FINE_STEPS = powers(-6, -1).flatMap((power) => STEPS.map((step) => step * power));

export const stepsUpTo = (max: number): number[] => (max > 1 ? WHOLE_STEPS : [...FINE_STEPS, 1]);

/** Holds the values, and the annotations even where no value comes near them. */
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
