/** Divides time into periods of equal length. Times are epoch milliseconds of the local clock. */

const MINUTE_MS = 60_000;

/** A range of whole minutes, because metrics are kept by the minute. It ends before `to`. */
export interface GridRange {
  readonly from: number;
  readonly to: number;
}

export interface TimeGrid {
  readonly start: number;
  readonly periodMs: number;
  readonly count: number;
}

/** Returns the range that ends with the current minute. */
export const rangeUntil = (now: number, lengthMs: number): GridRange => {
  const to = Math.floor(now / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
  return { from: to - lengthMs, to };
};

/** Returns the periods that overlap the range. As in CloudWatch they begin at multiples of their length. `period` is in seconds. */
export const gridOver = ({ from, to }: GridRange, period: number): TimeGrid => {
  const periodMs = period * 1000;
  const start = Math.floor(from / periodMs) * periodMs;
  return { start, periodMs, count: Math.ceil((to - start) / periodMs) };
};

/** Returns the whole range as one period. */
export const wholeOf = ({ from, to }: GridRange): TimeGrid => ({
  start: from,
  periodMs: to - from,
  count: 1,
});

/** Returns the last `count` periods up to the end of the current minute. They need not begin at multiples of their length. */
export const periodsUntil = (now: number, period: number, count: number): TimeGrid => {
  const { from } = rangeUntil(now, period * 1000 * count);
  return { start: from, periodMs: period * 1000, count };
};

/** Returns the start of each period. */
export const startsOf = ({ start, periodMs, count }: TimeGrid): readonly number[] =>
  Array.from({ length: count }, (_, index) => start + index * periodMs);

/** Puts each item into the period of its time, and leaves out items outside the grid. */
export const groupByPeriod = <Item extends { readonly at: number }>(
  items: readonly Item[],
  { start, periodMs, count }: TimeGrid,
): readonly (readonly Item[])[] => {
  const groups: Item[][] = Array.from({ length: count }, () => []);
  for (const item of items) groups[Math.floor((item.at - start) / periodMs)]?.push(item);
  return groups;
};
