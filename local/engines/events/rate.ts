/** Schedule expressions of the form `rate(5 minutes)`. */

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Answers milliseconds. Throws for every other expression, `cron(…)` among them; as on AWS, for `1 minutes` too. */
export const parseRate = (expression: unknown): number => {
  const [, count, unit = '', plural] =
    /^rate\(([1-9]\d*) (minute|hour|day)(s?)\)$/.exec(String(expression)) ?? [];
  const unitMs = UNIT_MS[unit];
  if (unitMs === undefined || (count === '1') === (plural === 's'))
    throw new Error(`the schedule ${expression} does not work here; rate(1 minute) or rate(2 hours) would`);
  return Number(count) * unitMs;
};
