import { describe, expect, test } from 'vitest';
import {
  addUser,
  awsError,
  createFixture,
  EMAIL,
  type Fixture,
  POOL_ID,
  provePassword,
} from '../../fixture.ts';

const NEW = 'new@example.com';

const update = (fixture: Fixture, attributes: Readonly<Record<string, string>>, Username = EMAIL) =>
  fixture.call('AdminUpdateUserAttributes', {
    UserPoolId: POOL_ID,
    Username,
    UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
  });

const attributesOf = async (fixture: Fixture, Username = EMAIL) => {
  const { UserAttributes } = await fixture.call('AdminGetUser', { UserPoolId: POOL_ID, Username });
  const pairs = UserAttributes as readonly { readonly Name: string; readonly Value: string }[];
  return Object.fromEntries(pairs.map(({ Name, Value }) => [Name, Value]));
};

describe('AdminUpdateUserAttributes', () => {
  test('sets, replaces and (with an empty value) removes attributes, and keeps the others', async () => {
    const fixture = createFixture();
    const { Username: sub } = await addUser(fixture);

    expect(await update(fixture, { locale: 'de', name: 'Ada' })).toEqual({});
    await update(fixture, { locale: 'fr', name: '' });

    expect(await attributesOf(fixture)).toEqual({ sub, email: EMAIL, locale: 'fr' });
  });

  test('makes a new address unverified, unless it says that it is verified', async () => {
    const fixture = createFixture();
    await addUser(fixture);
    await update(fixture, { email_verified: 'true' });

    await update(fixture, { email: EMAIL, locale: 'de' });
    const same = await attributesOf(fixture);
    await update(fixture, { email: NEW });
    const unverified = await attributesOf(fixture, NEW);
    await update(fixture, { email: EMAIL, email_verified: 'true' }, NEW);
    const verified = await attributesOf(fixture);

    expect([same, unverified, verified].map(({ email_verified }) => email_verified)).toEqual([
      'true',
      'false',
      'true',
    ]);
  });

  test('lets the user sign in with the new address, and somebody else have the old one', async () => {
    const fixture = createFixture();
    const { Username } = await addUser(fixture);

    await update(fixture, { email: NEW });

    const { ChallengeParameters } = await provePassword(fixture, { username: NEW });
    expect(ChallengeParameters.USERNAME).toBe(Username);
    await expect(provePassword(fixture)).rejects.toMatchObject({ code: 'NotAuthorizedException' });
    expect((await addUser(fixture)).Username).not.toBe(Username);
  });

  test('leaves the user with the old address if the process dies between the two writes', async () => {
    const fixture = createFixture();
    const { Username } = await addUser(fixture);
    fixture.state.documents('cognito-address').put(`${POOL_ID}/${NEW}`, Username);

    await expect(attributesOf(fixture, NEW)).rejects.toMatchObject({ code: 'UserNotFoundException' });
    expect(await attributesOf(fixture)).toMatchObject({ email: EMAIL });
    expect((await addUser(fixture, 'permanent', NEW)).Username).not.toBe(Username);
  });

  test('refuses the address of somebody else, and changes nothing', async () => {
    const fixture = createFixture();
    const { Username } = await addUser(fixture);
    await addUser(fixture, 'permanent', NEW);

    await expect(update(fixture, { email: NEW.toUpperCase(), locale: 'de' })).rejects.toMatchObject(
      awsError('AliasExistsException', 'An account with the given email already exists.'),
    );
    expect(await attributesOf(fixture)).toEqual({ sub: Username, email: EMAIL });
  });

  test('refuses a new address without email_verified where the pool would have it verified first', async () => {
    const UserAttributeUpdateSettings = { AttributesRequireVerificationBeforeUpdate: ['email'] };
    const fixture = createFixture({ pool: { UserAttributeUpdateSettings } });
    await addUser(fixture);

    await expect(update(fixture, { email: NEW })).rejects.toMatchObject(
      awsError('InvalidParameterException', /verifies a new email \(give email_verified=true as well\)/),
    );
    await update(fixture, { email: NEW, email_verified: 'true' });
    expect(await attributesOf(fixture, NEW)).toMatchObject({ email: NEW });
  });

  test('refuses a call that names no attributes', async () => {
    const fixture = createFixture();
    await addUser(fixture);

    const call = fixture.call('AdminUpdateUserAttributes', { UserPoolId: POOL_ID, Username: EMAIL });

    await expect(call).rejects.toMatchObject(
      awsError('InvalidParameterException', /Value null at 'userAttributes' .*: Member must not be null$/),
    );
  });

  test('takes the forms that AWS documents for phone numbers, dates, times and flags', async () => {
    const fixture = createFixture();
    const { Username: sub } = await addUser(fixture);
    const documented = {
      phone_number: '+14325551212',
      phone_number_verified: 'true',
      email_verified: 'false',
      birthdate: '1815-12-10',
      updated_at: '1764374400',
    };

    await update(fixture, documented);

    expect(await attributesOf(fixture)).toEqual({ sub, email: EMAIL, ...documented });
    await update(fixture, { phone_number: '', birthdate: '', updated_at: '' });
    expect(await attributesOf(fixture)).not.toHaveProperty('birthdate');
  });

  test.each<[string, string, string | RegExp]>([
    ['phone_number', 'abc', 'Invalid phone number format.'],
    ['phone_number', '004325551212', 'Invalid phone number format.'],
    ['phone_number', '+1 432 555 1212', 'Invalid phone number format.'],
    [
      'birthdate',
      'soon',
      'Attributes did not conform to the schema: birthdate: String must be no shorter than 10 characters',
    ],
    ['birthdate', '1815-12-10T00:00', /birthdate: String must be no longer than 10 characters$/],
    ['birthdate', '10.12.1815', /birthdate: Value must be a date in the format YYYY-MM-DD$/],
    ['updated_at', 'x', /updated_at: Value must be a number$/],
    ['email_verified', 'maybe', /email_verified: Value must be true or false$/],
    ['phone_number_verified', 'True', /phone_number_verified: Value must be true or false$/],
  ])('refuses the %s %s', async (name, value, message) => {
    const fixture = createFixture();
    await addUser(fixture);

    await expect(update(fixture, { [name]: value })).rejects.toMatchObject(
      awsError('InvalidParameterException', message),
    );
  });

  test.each<[string, Record<string, string>, string | RegExp]>([
    ['the sub', { sub: 'other' }, 'Cannot modify the non-mutable attribute sub'],
    ['an unknown attribute', { shoe_size: '44' }, /shoe_size: Attribute does not exist in the schema/],
    ['an address that is none', { email: 'new' }, 'Invalid email address format.'],
    ['no address at all', { email: '' }, 'Invalid email address format.'],
    [
      'an attribute that cannot be changed',
      { 'custom:tenant': 'b' },
      /^user\.custom:tenant: Attribute cannot/,
    ],
  ])('refuses %s', async (_, attributes, message) => {
    const Schema = [{ Name: 'tenant', AttributeDataType: 'String', Mutable: false }];
    const fixture = createFixture({ pool: { Schema } });
    await addUser(fixture);

    await expect(update(fixture, attributes)).rejects.toMatchObject(
      awsError('InvalidParameterException', message),
    );
  });

  test('knows no user that was not created', async () => {
    await expect(update(createFixture(), { locale: 'de' })).rejects.toMatchObject({
      code: 'UserNotFoundException',
    });
  });
});
