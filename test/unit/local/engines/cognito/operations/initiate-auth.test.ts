import { describe, expect, test } from 'vitest';
import type { StoredUser } from '../../../../../../local/engines/cognito/users/users.ts';
import type { JsonObject } from '../../../../../../local/ground/service.ts';
import {
  addUser,
  awsError,
  CLIENT_ID,
  createFixture,
  EMAIL,
  type Fixture,
  INCORRECT,
  POOL_ID,
  startSrp,
} from '../fixture.ts';

const USERNAME = EMAIL;
const DISABLED = awsError('NotAuthorizedException', 'User is disabled.');
const initiate = (fixture: Fixture, input: JsonObject) =>
  fixture.call('InitiateAuth', { ClientId: CLIENT_ID, AuthFlow: 'CUSTOM_AUTH', ...input });

/** Disables a user directly in the stored state. */
const disable = (fixture: Fixture, username: string) => {
  const users = fixture.state.documents<StoredUser>('cognito-user');
  const key = `${POOL_ID}/${username}`;
  users.put(key, { ...(users.get(key) as StoredUser), enabled: false });
};

describe('InitiateAuth', () => {
  test.each([
    ['USER_PASSWORD_AUTH', 'USER_PASSWORD_AUTH flow not enabled for this client'],
    ['USER_SRP_AUTH', 'USER_SRP_AUTH is not enabled for the client.'],
    ['USER_AUTH', 'USER_AUTH flow not enabled for this client'],
    ['ADMIN_USER_PASSWORD_AUTH', 'Initiate Auth method not supported.'],
    [
      'OTHER',
      /^1 validation error detected: Value at 'authFlow' failed to satisfy constraint: Member must satisfy enum/,
    ],
  ])('refuses %s where the client does not allow it', async (AuthFlow, message) => {
    const fixture = createFixture();
    await addUser(fixture);

    await expect(initiate(fixture, { AuthFlow, AuthParameters: { USERNAME } })).rejects.toMatchObject(
      awsError('InvalidParameterException', message),
    );
  });

  test('refuses CUSTOM_AUTH where the client does not allow it', async () => {
    const fixture = createFixture({ client: { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] } });

    await expect(initiate(fixture, { AuthParameters: { USERNAME } })).rejects.toMatchObject(
      awsError('InvalidParameterException', 'CUSTOM_AUTH is not enabled for the client.'),
    );
  });

  test('says so where the client allows a flow that is not implemented', async () => {
    const fixture = createFixture({ client: { ExplicitAuthFlows: ['ALLOW_USER_AUTH'] } });
    const input = { AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME } };

    await expect(initiate(fixture, input)).rejects.toMatchObject(
      awsError('InvalidParameterException', 'USER_AUTH is not implemented by the local user pool.'),
    );
  });

  test.each<[JsonObject, string | RegExp]>([
    [{}, 'Missing required parameter USERNAME'],
    [{ AuthParameters: { USERNAME, CHALLENGE_NAME: 'SRP_A' } }, 'Missing required parameter SRP_A'],
    [{ AuthParameters: { USERNAME, CHALLENGE_NAME: 'SRP_A', SRP_A: '0' } }, 'Invalid SRP_A'],
    [
      { AuthParameters: { USERNAME: 'x'.repeat(129) } },
      /Value at 'username' failed .* less than or equal to 128$/,
    ],
  ])('refuses the parameters %j', async (input, message) => {
    const fixture = createFixture();

    await expect(initiate(fixture, input)).rejects.toMatchObject(
      awsError('InvalidParameterException', message),
    );
    expect(fixture.calls).toEqual([]);
  });

  test('does not know other clients', async () => {
    await expect(initiate(createFixture(), { ClientId: 'unknown' })).rejects.toMatchObject(
      awsError('ResourceNotFoundException', 'User pool client unknown does not exist.'),
    );
  });

  test('needs the triggers', async () => {
    const fixture = createFixture({ pool: { LambdaConfig: {} } });
    await addUser(fixture);

    await expect(initiate(fixture, { AuthParameters: { USERNAME } })).rejects.toMatchObject(
      awsError(
        'InvalidParameterException',
        'Custom auth lambda trigger is not configured for the user pool.',
      ),
    );
  });
});

describe('a user who does not exist', () => {
  const username = 'nobody@example.com';

  test('looks like one who does, down to the shape of each value', async () => {
    const fixture = createFixture();
    await addUser(fixture);

    const real = await startSrp(fixture);
    const simulated = await startSrp(fixture, { username });

    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    for (const { challenge } of [real, simulated]) {
      expect(challenge.ChallengeParameters).toEqual({
        SALT: expect.stringMatching(/^[1-9a-f][0-9a-f]{25,31}$/),
        SRP_B: expect.stringMatching(/^[1-9a-f][0-9a-f]{760,767}$/),
        SECRET_BLOCK: expect.stringMatching(/^[\w+/]{171}=$/),
        USERNAME: expect.stringMatching(uuid),
        USER_ID_FOR_SRP: challenge.ChallengeParameters.USERNAME,
      });
    }
    expect(fixture.calls.at(-1)?.event.request).toMatchObject({ userNotFound: true, userAttributes: {} });
    await expect(fixture.call('RespondToAuthChallenge', simulated.answer)).rejects.toMatchObject(INCORRECT);
  });

  test('has the same salt and id each time, in whatever case the name is typed', async () => {
    const fixture = createFixture();
    const constant = async (name: string) => {
      const { SALT, USERNAME, USER_ID_FOR_SRP } = (await startSrp(fixture, { username: name })).challenge
        .ChallengeParameters;
      return { SALT, USERNAME, USER_ID_FOR_SRP };
    };

    const first = await constant(username);

    expect(await constant(username.toUpperCase())).toEqual(first);
    expect((await constant('other@example.com')).SALT).not.toBe(first.SALT);
  });

  test('is named as such by a client that does not conceal it, and triggers see no userNotFound', async () => {
    const fixture = createFixture({ client: { PreventUserExistenceErrors: 'LEGACY' } });
    await addUser(fixture);

    await expect(startSrp(fixture, { username })).rejects.toMatchObject(
      awsError('UserNotFoundException', 'User does not exist.'),
    );
    await startSrp(fixture);
    expect(fixture.calls.at(-1)?.event.request).not.toHaveProperty('userNotFound');
  });
});

describe('a disabled user', () => {
  test('is told so in the step of the password by a concealing client, whatever the password', async () => {
    const fixture = createFixture();
    disable(fixture, (await addUser(fixture)).Username);

    const right = await startSrp(fixture);
    const wrong = await startSrp(fixture, { password: 'Wrong-Horse-7' });

    await expect(fixture.call('RespondToAuthChallenge', wrong.answer)).rejects.toMatchObject(DISABLED);
    await expect(fixture.call('RespondToAuthChallenge', right.answer)).rejects.toMatchObject(DISABLED);
  });

  test('is told so at once where no password comes first', async () => {
    const fixture = createFixture();
    disable(fixture, (await addUser(fixture)).Username);

    await expect(initiate(fixture, { AuthParameters: { USERNAME } })).rejects.toMatchObject(DISABLED);
    expect(fixture.calls).toEqual([]);
  });
});
