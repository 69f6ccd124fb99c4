import { expect, test } from 'vitest';
import { aFunction, aLambda, eventually } from '../a-lambda.ts';

test('each line of a function is reported with its name, as it is in the log', async () => {
  const lines: string[] = [];
  const talk = aFunction(
    `export const handler = async () => { console.log('{"a":1}'); console.error('b'); };`,
    {
      name: 'talk',
    },
  );
  await using lambda = aLambda([talk], { onLine: (name, line) => lines.push(`${name}: ${line}`) });

  await lambda.invoke('talk', {});

  expect(await eventually(() => lines.length === 2)).toBe(true);
  expect(lines.toSorted()).toEqual(['talk: b', 'talk: {"a":1}']);
});

test('each invocation is reported when it has ended: how, and after how long', async () => {
  const told: [string, string, number][] = [];
  const wait = aFunction(
    `export const handler = async ({ ms, fail }) => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      if (fail) throw new Error('no');
    };`,
    { name: 'wait' },
  );
  await using lambda = aLambda([wait], {
    onInvocation: (name, { kind }, durationMs) => told.push([name, kind, durationMs]),
  });

  await lambda.invoke('wait', { ms: 60 });
  await lambda.invoke('wait', { ms: 0, fail: true });

  expect(told.map(([name, kind]) => [name, kind])).toEqual([
    ['wait', 'returned'],
    ['wait', 'failed'],
  ]);
  expect(told[0]?.[2]).toBeGreaterThanOrEqual(59);
  expect(told[1]?.[2]).toBeLessThan(Number(told[0]?.[2]));
});
