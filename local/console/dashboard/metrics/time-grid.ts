/** Periods of equal length, one after the other. Times are epoch milliseconds of the local system's clock. */

const MINUTE_MS = 60_000;

/** Starts and ends with a minute, because nothing finer is kept. `to` is not part of it. */
export interface GridRange {
  readonly from: number;
  readonly to: number;
}

export interface TimeGrid {
  readonly start: number;
  readonly periodMs: number;
  readonly count: number;
}

/** Up to the end of the minute that `now` is in. */
export const rangeUntil = (now: number, lengthMs: number): GridRange => {
  const to = Math.floor(now / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
  return { from: to - lengthMs, to };
};

/** The periods that the range touches; as with CloudWatch, they begin at multiples of their length. `period`: seconds. */
export const gridOver = ({ from, to }: GridRange, period: number): TimeGrid => {
  const periodMs = period * 1000;
  const start = Math.floor(from / periodMs) * periodMs;
  return { start, periodMs, count: Math.ceil((to - start) / periodMs) };
};

/** The whole range as one period. */
export const wholeOf = ({ from, to }: GridRange): TimeGrid => ({
  start: from,
  periodMs: to - from,
  count: 1,
});

/** The last `count` periods before the end of the minute that `now` is in, whatever they are multiples of. */
export const periodsUntil = (now: number, period: number, count: number): TimeGrid => {
  const { from } = rangeUntil(now, period * 1000 * count);
  return { start: from, periodMs: period * 1000, count };
};

/** The start of each period. */
export const startsOf = ({ start, periodMs, count }: TimeGrid): readonly number[] =>
  Array.from({ length: count }, (_, index) => start + index * periodMs);

/** Puts what has a time into its period; what lies outside is left out. */
export const groupByPeriod = <Item extends { readonly at: number }>(
  items: readonly Item[],
  { start, periodMs, count }: TimeGrid,
): readonly (readonly Item[])[] => {
  const groups: Item[][] = Array.from({ length: count }, () => []);
  for (const item of items) groups[Math.floor((item.at - start) / periodMs)]?.push(item);
  return groups;
};
