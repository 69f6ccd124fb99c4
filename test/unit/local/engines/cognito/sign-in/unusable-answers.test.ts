import { expect, test } from 'vitest';
import { invalidLambdaResponse, notAuthorized } from '../../../../../../local/engines/cognito/errors.ts';
import { watchAnswers } from '../../../../../../local/engines/cognito/sign-in/unusable-answers.ts';

/** Operations that call the functions that they are told, and then fail. */
const aWatch = (error: Error) => {
  const told: string[] = [];
  const { invoke, watch } = watchAnswers(
    async () => ({ kind: 'returned', payload: {} }),
    (arn, name) => told.push(`${arn} ${name}`),
  );
  const { SignIn } = watch({
    SignIn: async ({ functions }) => {
      for (const arn of functions as readonly string[]) await invoke(arn, {}, 1);
      throw error;
    },
  });
  return { told, signIn: async (...functions: readonly string[]) => SignIn?.({ functions }) };
};

test('the function that was called last is told, each operation by itself', async () => {
  const { told, signIn } = aWatch(invalidLambdaResponse());

  await Promise.allSettled([signIn('define', 'create'), signIn('define'), signIn()]);

  expect(told.toSorted()).toEqual([
    'create InvalidLambdaResponseException',
    'define InvalidLambdaResponseException',
  ]);
});

test('the error goes on, and other errors are not about a function', async () => {
  const { told, signIn } = aWatch(notAuthorized('no'));

  await expect(signIn('define')).rejects.toThrow('no');

  expect(told).toEqual([]);
});
