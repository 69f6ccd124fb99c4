import { describe, expect, test } from 'vitest';
import {
  addUser,
  createFixture,
  EMAIL,
  type Fixture,
  PASSWORD,
  POOL_ID,
  provePassword,
  respond,
  signIn,
} from '../fixture.ts';

const pool = { Policies: { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 2 } } };
const [SECOND, THIRD] = ['Second-Horse-2', 'Third-Horse-3'];
const REUSED = { code: 'PasswordHistoryPolicyViolationException' };

const set = ({ call }: Fixture, Password: string, Permanent = true) =>
  call('AdminSetUserPassword', { UserPoolId: POOL_ID, Username: EMAIL, Password, Permanent });

describe('a pool with a password history of two', () => {
  test('refuses the present password and the one before, from an administrator too', async () => {
    const fixture = createFixture({ pool });
    await addUser(fixture);
    await set(fixture, SECOND);

    for (const password of [PASSWORD, SECOND]) {
      await expect(set(fixture, password)).rejects.toMatchObject(REUSED);
    }
    await set(fixture, THIRD);
    await set(fixture, PASSWORD);
  });

  test('refuses them to a user who changes the password', async () => {
    const fixture = createFixture({ pool });
    await addUser(fixture);
    const { AccessToken } = await signIn(fixture);
    const change = (PreviousPassword: string, ProposedPassword: string) =>
      fixture.call('ChangePassword', { AccessToken, PreviousPassword, ProposedPassword });

    await expect(change(PASSWORD, PASSWORD)).rejects.toMatchObject(REUSED);

    await change(PASSWORD, SECOND);
    await expect(change(SECOND, PASSWORD)).rejects.toMatchObject(REUSED);
    expect(await provePassword(fixture, { password: SECOND })).toHaveProperty('Session');
  });

  test('refuses them in place of a temporary password, which is not one of them', async () => {
    const fixture = createFixture({ pool });
    await addUser(fixture);
    await set(fixture, SECOND, false);
    const asked = await provePassword(fixture, { password: SECOND });

    await expect(respond(fixture, asked, { NEW_PASSWORD: PASSWORD })).rejects.toMatchObject(REUSED);

    expect(await respond(fixture, asked, { NEW_PASSWORD: SECOND })).toHaveProperty('Session');
  });
});

test('a pool without a password history takes the same password again', async () => {
  const fixture = createFixture();
  await addUser(fixture);

  await set(fixture, PASSWORD);

  expect(await signIn(fixture)).toHaveProperty('AccessToken');
});
