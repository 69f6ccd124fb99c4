import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { REFUSED_OPERATIONS } from '../../../../../local/engines/cognito/refused-operations.ts';
import { awsError, createFixture } from './fixture.ts';

const OF_THE_API = Object.keys(sdk)
  .filter((name) => /^[A-Z]\w+Command$/.test(name))
  .map((name) => name.replace(/Command$/, ''));

describe('the operations of the API', () => {
  test('are each played, or refused with a reason, and no others are', () => {
    const { operations } = createFixture();

    expect(OF_THE_API.length).toBeGreaterThan(100);
    expect(Object.keys(operations).toSorted()).toEqual(OF_THE_API.toSorted());
  });

  test('are not refused if they are played', async () => {
    const { operations } = createFixture();

    const texts = await Promise.all(
      Object.entries(operations)
        .filter(([name]) => !REFUSED_OPERATIONS.has(name))
        .map(async ([, run]) => {
          try {
            return JSON.stringify(await run({}));
          } catch (error) {
            return String(error);
          }
        }),
    );

    expect(texts.length).toBeGreaterThan(35);
    expect(texts.filter((text) => text.includes('not implemented'))).toEqual([]);
  });

  test('are refused for one reason each', () => {
    expect(REFUSED_OPERATIONS.has('')).toBe(false);
    expect([...REFUSED_OPERATIONS.values()].filter((reason) => !/^[A-Z].+\w$/.test(reason))).toEqual([]);
  });
});

test.each([
  [
    'ForgotPassword',
    /^ForgotPassword is not implemented by the local user pool\. .* AdminSetUserPassword\.$/,
  ],
  ['SignUp', / AdminCreateUser and AdminSetUserPassword\.$/],
  ['SetUserMFAPreference', /the code by mail/],
  ['AddCustomAttributes', /Give CreateUserPool or the template a Schema with them\.$/],
])('%s says what to do instead', async (operation, message) => {
  const { call } = createFixture();

  await expect(call(operation, {})).rejects.toMatchObject(awsError('InvalidParameterException', message));
});
