import { describe, expect, test } from 'vitest';
import { addUser, awsError, createFixture, EMAIL, POOL_ID } from '../../fixture.ts';

const get = (fixture: ReturnType<typeof createFixture>, Username: string) =>
  fixture.call('AdminGetUser', { UserPoolId: POOL_ID, Username });

describe('AdminGetUser', () => {
  test('finds a user by address, in whatever case, and by username', async () => {
    const fixture = createFixture();
    const { Username } = await addUser(fixture);

    const found = await get(fixture, Username);

    expect(found).toMatchObject({ Username, UserStatus: 'CONFIRMED', UserAttributes: expect.any(Array) });
    expect(await get(fixture, EMAIL.toUpperCase())).toEqual(found);
    await expect(get(fixture, 'other@example.com')).rejects.toMatchObject(
      awsError('UserNotFoundException', 'User does not exist.'),
    );
  });

  test('minds the case of addresses in a case-sensitive pool', async () => {
    const fixture = createFixture({ pool: { UsernameConfiguration: { CaseSensitive: true } } });
    await addUser(fixture);

    await expect(get(fixture, EMAIL.toUpperCase())).rejects.toMatchObject({ code: 'UserNotFoundException' });
  });
});
