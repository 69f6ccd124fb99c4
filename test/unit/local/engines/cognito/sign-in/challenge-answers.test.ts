import { describe, expect, test } from 'vitest';
import {
  ANSWER,
  addUser,
  asChallenge,
  awsError,
  createFixture,
  EMAIL,
  PASSWORD,
  POOL_ID,
  provePassword,
  respond,
} from '../fixture.ts';

const NEW_PASSWORD = 'Better-Horse-8';
const DAY = 86_400_000;

describe('a user with a temporary password', () => {
  test('sets a new one, and only then meets the custom challenge', async () => {
    const fixture = createFixture();
    const { Username } = await addUser(fixture, 'temporary');

    const first = await provePassword(fixture);
    const second = asChallenge(await respond(fixture, first, { NEW_PASSWORD }));
    const result = await respond(fixture, second, { ANSWER });

    expect(first.ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
    expect(first.ChallengeParameters).toEqual({
      USER_ID_FOR_SRP: Username,
      requiredAttributes: '[]',
      userAttributes: JSON.stringify({ email: EMAIL }),
    });
    expect(second.ChallengeName).toBe('CUSTOM_CHALLENGE');
    expect(result).toHaveProperty('AuthenticationResult');
    expect(fixture.calls.at(-1)?.event.request).toMatchObject({
      userAttributes: { 'cognito:user_status': 'CONFIRMED' },
      session: ['SRP_A', 'PASSWORD_VERIFIER', 'NEW_PASSWORD_REQUIRED', 'CUSTOM_CHALLENGE'].map(
        (challengeName) => expect.objectContaining({ challengeName, challengeResult: true }),
      ),
    });
  });

  test('signs in with the new password afterwards, not with the temporary one', async () => {
    const fixture = createFixture();
    await addUser(fixture, 'temporary');
    await respond(fixture, await provePassword(fixture), { NEW_PASSWORD });

    const challenge = await provePassword(fixture, { password: NEW_PASSWORD });

    expect(challenge.ChallengeName).toBe('CUSTOM_CHALLENGE');
    await expect(provePassword(fixture)).rejects.toMatchObject({ code: 'NotAuthorizedException' });
  });

  test('may correct a refused password in the same session', async () => {
    const fixture = createFixture();
    await addUser(fixture, 'temporary');
    const challenge = await provePassword(fixture);

    const refused = respond(fixture, challenge, { NEW_PASSWORD: 'no-digits-here' });

    await expect(refused).rejects.toMatchObject(
      awsError(
        'InvalidPasswordException',
        'Password does not conform to policy: Password must have numeric characters',
      ),
    );
    expect(await respond(fixture, challenge, { NEW_PASSWORD })).toMatchObject({
      ChallengeName: 'CUSTOM_CHALLENGE',
    });
  });

  test('is refused when the temporary password has expired', async () => {
    const fixture = createFixture();
    await addUser(fixture, 'temporary');
    fixture.clock.adjust({ offsetMs: 7 * DAY + 1 });

    await expect(provePassword(fixture)).rejects.toMatchObject(
      awsError(
        'NotAuthorizedException',
        'Temporary password has expired and must be reset by an administrator.',
      ),
    );
  });

  test('cannot replace a password that was made permanent in the meantime', async () => {
    const fixture = createFixture();
    await addUser(fixture, 'temporary');
    const challenge = await provePassword(fixture);
    const permanent = { UserPoolId: POOL_ID, Username: EMAIL, Password: PASSWORD, Permanent: true };
    await fixture.call('AdminSetUserPassword', permanent);

    await expect(respond(fixture, challenge, { NEW_PASSWORD })).rejects.toMatchObject(
      awsError('NotAuthorizedException', 'Invalid session for the user.'),
    );
  });

  test('gets no tokens with a proven password that is still temporary', async () => {
    const scripts = {
      DefineAuthChallenge: ({ request }: { request: { session: readonly unknown[] } }) =>
        request.session.length === 1 ? { challengeName: 'PASSWORD_VERIFIER' } : { issueTokens: true },
    };
    const fixture = createFixture({ scripts });
    await addUser(fixture, 'temporary');

    await expect(provePassword(fixture)).rejects.toMatchObject({ code: 'InvalidLambdaResponseException' });
  });

  test('is asked for the attributes that the pool requires', async () => {
    const fixture = createFixture({ pool: { Schema: [{ Name: 'name', Required: true }] } });
    await addUser(fixture, 'temporary');

    const challenge = await provePassword(fixture);
    const without = respond(fixture, challenge, { NEW_PASSWORD });
    const given = { NEW_PASSWORD, 'userAttributes.name': 'Ada' };

    expect(challenge.ChallengeParameters.requiredAttributes).toBe('["userAttributes.name"]');
    await expect(without).rejects.toMatchObject({ code: 'InvalidParameterException' });
    await respond(fixture, challenge, given);
    expect(fixture.calls.at(-1)?.event.request.userAttributes).toMatchObject({ name: 'Ada' });
  });

  test('cannot set what cannot be changed along with the password', async () => {
    const Schema = [{ Name: 'tenant', AttributeDataType: 'String', Mutable: false }];
    const fixture = createFixture({ pool: { Schema }, client: { WriteAttributes: ['custom:tenant'] } });
    await addUser(fixture, 'temporary');
    const challenge = await provePassword(fixture);

    const attempt = respond(fixture, challenge, { NEW_PASSWORD, 'userAttributes.custom:tenant': 'b' });

    await expect(attempt).rejects.toMatchObject(
      awsError('InvalidParameterException', 'Cannot modify the non-mutable attribute custom:tenant'),
    );
  });

  test('sets once what the pool requires and never changes', async () => {
    const Schema = [{ Name: 'name', Required: true, Mutable: false }];
    const fixture = createFixture({ pool: { Schema } });
    await addUser(fixture, 'temporary');

    const challenge = await provePassword(fixture);
    await respond(fixture, challenge, { NEW_PASSWORD, 'userAttributes.name': 'Ada' });

    expect(fixture.calls.at(-1)?.event.request.userAttributes).toMatchObject({ name: 'Ada' });
  });

  test('cannot give an attribute in a form that AWS refuses', async () => {
    const fixture = createFixture();
    await addUser(fixture, 'temporary');
    const challenge = await provePassword(fixture);

    const attempt = respond(fixture, challenge, { NEW_PASSWORD, 'userAttributes.phone_number': 'abc' });

    await expect(attempt).rejects.toMatchObject(
      awsError('InvalidParameterException', 'Invalid phone number format.'),
    );
  });

  test('cannot change the address, or call it verified, along with the password', async () => {
    const fixture = createFixture();
    await addUser(fixture, 'temporary');
    const challenge = await provePassword(fixture);

    for (const name of ['email', 'email_verified']) {
      const attempt = respond(fixture, challenge, { NEW_PASSWORD, [`userAttributes.${name}`]: 'true' });
      await expect(attempt).rejects.toMatchObject({ code: 'NotAuthorizedException' });
    }
  });
});
