import { expect, test } from 'vitest';
import { addUser, awsError, createFixture, EMAIL, POOL_ID, signIn } from '../fixture.ts';

const USER = { UserPoolId: POOL_ID, Username: EMAIL };

test('a user has a password for a factor, as an administrator sees too', async () => {
  const fixture = createFixture();
  const { Username } = await addUser(fixture);
  const { AccessToken } = await signIn(fixture);
  const factors = { Username, ConfiguredUserAuthFactors: ['PASSWORD'] };

  expect(await fixture.call('GetUserAuthFactors', { AccessToken })).toEqual(factors);
  expect(await fixture.call('AdminGetUserAuthFactors', USER)).toEqual(factors);
});

test.each(['GetUser', 'GetUserAuthFactors', 'DeleteUser'])(
  '%s refuses a user who is disabled, or whose token is revoked',
  async (operation) => {
    const fixture = createFixture();
    await addUser(fixture);
    const { AccessToken } = await signIn(fixture);
    const revoked = awsError('NotAuthorizedException', 'Access Token has been revoked');

    await fixture.call('AdminDisableUser', USER);

    await expect(fixture.call(operation, { AccessToken })).rejects.toMatchObject(revoked);
  },
);
