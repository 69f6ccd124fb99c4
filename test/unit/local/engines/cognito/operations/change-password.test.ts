import { expect, test } from 'vitest';
import { addUser, awsError, createFixture, INCORRECT, PASSWORD, provePassword, signIn } from '../fixture.ts';

const NEW_PASSWORD = 'Another-Horse-8';

const start = async () => {
  const fixture = createFixture();
  await addUser(fixture);
  const { AccessToken } = await signIn(fixture);
  const change = (input: Readonly<Record<string, string>>) =>
    fixture.call('ChangePassword', { AccessToken, ...input });
  return { fixture, AccessToken, change };
};

test('ChangePassword lets the user sign in with the new password, and not with the old one', async () => {
  const { fixture, AccessToken, change } = await start();

  expect(await change({ PreviousPassword: PASSWORD, ProposedPassword: NEW_PASSWORD })).toEqual({});

  expect(await provePassword(fixture, { password: NEW_PASSWORD })).toMatchObject({
    ChallengeName: 'CUSTOM_CHALLENGE',
  });
  await expect(provePassword(fixture)).rejects.toMatchObject(INCORRECT);
  expect(await fixture.call('GetUser', { AccessToken })).toHaveProperty('Username');
});

test('ChangePassword refuses a wrong previous password, which does not count as a sign-in', async () => {
  const { fixture, change } = await start();

  for (let attempt = 0; attempt < 6; attempt += 1) {
    await expect(
      change({ PreviousPassword: 'Wrong-Horse-1', ProposedPassword: NEW_PASSWORD }),
    ).rejects.toMatchObject(INCORRECT);
  }

  expect(await provePassword(fixture)).toMatchObject({ ChallengeName: 'CUSTOM_CHALLENGE' });
});

test('ChangePassword refuses a new password that the policy does not take', async () => {
  const { change } = await start();

  await expect(change({ PreviousPassword: PASSWORD, ProposedPassword: 'No-Number' })).rejects.toMatchObject(
    awsError(
      'InvalidPasswordException',
      'Password does not conform to policy: Password must have numeric characters',
    ),
  );
});

test('ChangePassword wants the previous password', async () => {
  const { change } = await start();

  await expect(change({ ProposedPassword: NEW_PASSWORD })).rejects.toMatchObject(
    awsError('InvalidParameterException', /PreviousPassword/),
  );
});
