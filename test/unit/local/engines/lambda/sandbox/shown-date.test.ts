import { expect, test } from 'vitest';
import { aFunction, aLambda, payloadOf } from '../a-lambda.ts';

const HOUR = 3_600_000;

const NOW = 'export const handler = async () => [Date.now(), new Date().getTime(), Date.parse(Date())];';

const timesOf = async (outcome: Promise<{ readonly kind: string }>) => (await payloadOf(outcome)) as number[];

test('shows real time on a clock that nobody touched', async () => {
  const fn = aFunction(NOW);
  await using lambda = aLambda([fn]);
  const before = Date.now();

  const [now, constructed, called] = await timesOf(lambda.invoke(fn.arn, {}));

  const after = Date.now();
  for (const time of [now, constructed]) {
    expect(time).toBeGreaterThanOrEqual(before);
    expect(time).toBeLessThanOrEqual(after);
  }
  expect(called).toBe(Math.floor((constructed ?? 0) / 1_000) * 1_000);
});

test('shows a shifted and then a fast clock to a process that runs already', async () => {
  const fn = aFunction(NOW);
  await using lambda = aLambda([fn]);
  await lambda.invoke(fn.arn, {});

  lambda.clock.adjust({ offsetMs: 5 * HOUR });
  const [shifted = 0] = await timesOf(lambda.invoke(fn.arn, {}));
  lambda.clock.adjust({ rate: 1_000 });
  const [fast = 0] = await timesOf(lambda.invoke(fn.arn, {}));
  await new Promise((resolve) => setTimeout(resolve, 100));
  const [faster = 0] = await timesOf(lambda.invoke(fn.arn, {}));

  expect(Math.abs(shifted - Date.now() - 5 * HOUR)).toBeLessThan(2_000);
  expect(fast).toBeGreaterThanOrEqual(shifted);
  expect(faster - fast).toBeGreaterThanOrEqual(100_000);
  expect(Math.abs(faster - lambda.clock.now())).toBeLessThan(2_000_000);
});

test('shows the shifted time to a bundle while it is initialized', async () => {
  const fn = aFunction('const started = Date.now(); export const handler = async () => [started];');
  await using lambda = aLambda([fn]);
  lambda.clock.adjust({ offsetMs: HOUR });

  const [started = 0] = await timesOf(lambda.invoke(fn.arn, {}));

  expect(started - Date.now()).toBeGreaterThan(HOUR - 5_000);
});

test('leaves everything else about Date as it is', async () => {
  const fn = aFunction(`
    import { statSync } from 'node:fs';
    class Day extends Date { day() { return this.getUTCDate(); } }
    export const handler = async () => ({
      given: new Date(86_400_000).toISOString(),
      parts: new Date(2020, 0, 2).getTime() === Date.UTC(2020, 0, 2),
      text: new Date('2020-01-02T03:04:05Z').getTime() === Date.parse('2020-01-02T03:04:05Z'),
      invalid: Number.isNaN(new Date(undefined).getTime()),
      tag: Object.prototype.toString.call(new Date()),
      instance: new Date() instanceof Date,
      cloned: structuredClone(new Date()) instanceof Date,
      fromNode: statSync('.').mtime instanceof Date,
      constructor: new Date().constructor === Date,
      derived: new Day(86_400_000).day(),
      derivedNow: Math.abs(new Day() - Date.now()) < 1_000,
      derivedTag: new Day() instanceof Day && new Day() instanceof Date,
      called: typeof Date(),
      name: [Date.name, Date.length],
    });`);
  await using lambda = aLambda([fn]);

  const seen = await payloadOf(lambda.invoke(fn.arn, {}));

  expect(seen).toEqual({
    given: '1970-01-02T00:00:00.000Z',
    parts: true,
    text: true,
    invalid: true,
    tag: '[object Date]',
    instance: true,
    cloned: true,
    fromNode: true,
    constructor: true,
    derived: 2,
    derivedNow: true,
    derivedTag: true,
    called: 'string',
    name: ['Date', 7],
  });
});
