import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../../../../local/ground/service.ts';
import { awsError, createFixture, EMAIL, PASSWORD, POOL_ID } from '../../fixture.ts';

const create = (fixture: ReturnType<typeof createFixture>, input: JsonObject = {}) =>
  fixture.call('AdminCreateUser', { UserPoolId: POOL_ID, Username: EMAIL, ...input });

describe('AdminCreateUser', () => {
  test('gives the user of an email pool a UUID as username and sub', async () => {
    const fixture = createFixture();
    const attributes = [{ Name: 'email_verified', Value: 'true' }];

    const { User } = await create(fixture, {
      UserAttributes: attributes,
      MessageAction: 'SUPPRESS',
      DesiredDeliveryMediums: ['EMAIL'],
    });

    const { Username } = User as { Username: string };
    expect(Username).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    expect(User).toMatchObject({
      Attributes: [{ Name: 'sub', Value: Username }, ...attributes, { Name: 'email', Value: EMAIL }],
      Enabled: true,
      UserStatus: 'FORCE_CHANGE_PASSWORD',
      UserCreateDate: expect.closeTo(Date.now() / 1000, -1),
    });
  });

  test('keeps the username in a pool that does not sign in with email', async () => {
    const fixture = createFixture({ pool: { UsernameAttributes: [] } });
    const attributes = [{ Name: 'email', Value: EMAIL }];

    const { User } = await create(fixture, { Username: 'Ada', UserAttributes: attributes });
    const again = create(fixture, { Username: 'ada' });

    expect(User).toMatchObject({ Username: 'Ada' });
    await expect(again).rejects.toMatchObject(
      awsError('UsernameExistsException', 'User account already exists'),
    );
  });

  test('refuses an address that is taken, in whatever case', async () => {
    const fixture = createFixture();
    await create(fixture);

    await expect(create(fixture, { Username: EMAIL.toUpperCase() })).rejects.toMatchObject(
      awsError('UsernameExistsException', 'An account with the given email already exists.'),
    );
  });

  test.each<[JsonObject, string, string]>([
    [{ Username: 'ada' }, 'InvalidParameterException', 'Username should be an email.'],
    [
      { TemporaryPassword: 'shortest' },
      'InvalidPasswordException',
      'Password did not conform with password policy: Password must have numeric characters',
    ],
    [
      { UserAttributes: [{ Name: 'custom:rank', Value: '1' }] },
      'InvalidParameterException',
      'Attributes did not conform to the schema: custom:rank: Attribute does not exist in the schema.',
    ],
    [
      { UserPoolId: 'eu-central-1_Other' },
      'ResourceNotFoundException',
      'User pool eu-central-1_Other does not exist.',
    ],
    [
      { MessageAction: 'RESEND' },
      'InvalidParameterException',
      'MessageAction RESEND is not implemented by the local user pool.',
    ],
  ])('refuses %j', async (input, code, message) => {
    await expect(create(createFixture(), input)).rejects.toMatchObject(awsError(code, message));
  });

  test('keeps no password, neither a given nor a generated one', async () => {
    const fixture = createFixture();

    const { User } = await create(fixture, { TemporaryPassword: PASSWORD });

    const kept = JSON.stringify(fixture.state.documents('cognito-user').all());
    expect(kept).not.toContain(PASSWORD);
    expect(JSON.stringify(User)).not.toContain('verifier');
  });
});
