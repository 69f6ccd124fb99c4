import { expect, test } from 'vitest';
import { addUser, awsError, createFixture, EMAIL, POOL_ID } from '../../fixture.ts';

const USER = { UserPoolId: POOL_ID, Username: EMAIL };

test.each([
  ['permanent', 'CONFIRMED'],
  ['temporary', 'FORCE_CHANGE_PASSWORD'],
] as const)(
  'AdminConfirmSignUp has nothing to confirm of a user with a %s password',
  async (kind, status) => {
    const fixture = createFixture();
    await addUser(fixture, kind);

    await expect(fixture.call('AdminConfirmSignUp', USER)).rejects.toMatchObject(
      awsError('NotAuthorizedException', `User cannot be confirmed. Current status is ${status}`),
    );
  },
);

test('AdminConfirmSignUp knows no user that was not created', async () => {
  await expect(createFixture().call('AdminConfirmSignUp', USER)).rejects.toMatchObject({
    code: 'UserNotFoundException',
  });
});
