import { expect, test } from 'vitest';
import { aFunction, aLambda, payloadOf } from '../a-lambda.ts';

// Functions of an app may be for an older Node.js, whose handlers Lambda calls in another way.

const returnedBy = async (source: string): Promise<unknown> => {
  const fn = aFunction(source, { runtime: 'nodejs20.x' });
  await using lambda = aLambda([fn]);
  return await payloadOf(lambda.invoke(fn.arn, { name: 'Ada' }));
};

test.each([
  ['gives its result to a callback', '(event, context, callback) => setTimeout(callback, 1, null, event)'],
  ['returns a promise', 'async (event) => event'],
  ['returns a promise, although it takes a callback', 'async (event, context, callback) => event'],
])('a handler of an older runtime %s', async (_, handler) => {
  expect(await returnedBy(`export const handler = ${handler};`)).toEqual({ name: 'Ada' });
});

test('what it returns without a promise is lost, as on Lambda', async () => {
  expect(await returnedBy('export const handler = (event) => event;')).toBeNull();
});

test('an error that it gives to the callback is its failure', async () => {
  const fn = aFunction(
    "export const handler = (event, context, callback) => callback(new TypeError('no'));",
    {
      runtime: 'nodejs22.x',
    },
  );
  await using lambda = aLambda([fn]);

  expect(await lambda.invoke(fn.arn, {})).toMatchObject({ kind: 'failed', errorType: 'TypeError' });
});

test('it is told which runtime it has', async () => {
  expect(await returnedBy('export const handler = async () => process.env.AWS_EXECUTION_ENV;')).toBe(
    'AWS_Lambda_nodejs20.x',
  );
});
