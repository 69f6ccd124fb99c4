import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../../../../local/ground/service.ts';
import { addUser, awsError, createFixture, EMAIL, PASSWORD, POOL_ID } from '../../fixture.ts';

const setPassword = (fixture: ReturnType<typeof createFixture>, input: JsonObject) =>
  fixture.call('AdminSetUserPassword', { UserPoolId: POOL_ID, Username: EMAIL, ...input });
const get = (fixture: ReturnType<typeof createFixture>) =>
  fixture.call('AdminGetUser', { UserPoolId: POOL_ID, Username: EMAIL });

describe('AdminSetUserPassword', () => {
  test('confirms the user with a permanent password, and not with a temporary one', async () => {
    const fixture = createFixture();
    await addUser(fixture, 'temporary');

    await setPassword(fixture, { Password: PASSWORD, Permanent: true });
    expect(await get(fixture)).toMatchObject({ UserStatus: 'CONFIRMED' });
    await setPassword(fixture, { Password: PASSWORD });
    expect(await get(fixture)).toMatchObject({ UserStatus: 'FORCE_CHANGE_PASSWORD' });
  });

  test('holds the password to the policy', async () => {
    const fixture = createFixture();
    await addUser(fixture, 'temporary');

    await expect(setPassword(fixture, { Password: 'no-digits' })).rejects.toMatchObject(
      awsError(
        'InvalidPasswordException',
        'Password does not conform to policy: Password must have numeric characters',
      ),
    );
    await expect(setPassword(fixture, { Password: ' leading-space-1' })).rejects.toMatchObject({
      code: 'InvalidParameterException',
    });
    await expect(
      setPassword(fixture, { Username: 'x@example.com', Password: PASSWORD }),
    ).rejects.toMatchObject({ code: 'UserNotFoundException' });
  });
});
