import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../../../local/ground/service.ts';
import { addUser, awsError, createFixture, EMAIL, POOL_ID, signIn } from '../fixture.ts';

const SCHEMA = [
  { Name: 'name', Required: true, Mutable: true },
  { Name: 'tenant', Mutable: false },
  { Name: 'plan', Mutable: true },
];

const OWN = ['custom:tenant', 'custom:plan'];
const EVERYTHING = [...OWN, 'email', 'email_verified', 'name', 'nickname', 'phone_number', 'website'];

/** A signed-in user with a name, and what they do with their attributes. */
const start = async ({ pool = {}, client = {} }: { pool?: JsonObject; client?: JsonObject } = {}) => {
  const fixture = createFixture({
    pool: { Schema: SCHEMA, ...pool },
    client: { ReadAttributes: EVERYTHING, WriteAttributes: EVERYTHING, ...client },
  });
  const { call } = fixture;
  await addUser(fixture);
  const user = { UserPoolId: POOL_ID, Username: EMAIL };
  await call('AdminUpdateUserAttributes', {
    ...user,
    UserAttributes: [
      { Name: 'name', Value: 'Ada' },
      { Name: 'email_verified', Value: 'true' },
    ],
  });
  const { AccessToken } = await signIn(fixture);
  return {
    ...fixture,
    update: (attributes: Readonly<Record<string, string>>) =>
      call('UpdateUserAttributes', {
        AccessToken,
        UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
      }),
    remove: (...UserAttributeNames: readonly string[]) =>
      call('DeleteUserAttributes', { AccessToken, UserAttributeNames }),
    removeAsAdmin: (...UserAttributeNames: readonly string[]) =>
      call('AdminDeleteUserAttributes', { ...user, UserAttributeNames }),
    attributes: async () => {
      const { UserAttributes } = await call('GetUser', { AccessToken });
      return Object.fromEntries(
        (UserAttributes as readonly JsonObject[]).map(({ Name, Value }) => [Name, Value]),
      );
    },
  };
};

const UNAUTHORIZED = awsError('NotAuthorizedException', 'A client attempted to write unauthorized attribute');

describe('UpdateUserAttributes', () => {
  test('adds, changes and with an empty value deletes; no code is on its way', async () => {
    const { update, attributes } = await start();

    expect(await update({ name: 'Grace', 'custom:plan': 'free', nickname: 'G' })).toEqual({
      CodeDeliveryDetailsList: [],
    });
    await update({ nickname: '' });

    const { name, nickname, ...others } = await attributes();
    expect([name, nickname, others['custom:plan']]).toEqual(['Grace', undefined, 'free']);
  });

  test('takes a new address in a pool that mails no codes, and calls it unverified', async () => {
    const fixture = await start();
    const { update, attributes } = fixture;

    await update({ email: 'new@example.com' });

    expect(await attributes()).toMatchObject({ email: 'new@example.com', email_verified: 'false' });
    expect(await signIn(fixture, 'new@example.com')).toHaveProperty('AccessToken');
  });

  test.each<[string, JsonObject]>([
    ['verifies it by itself', { AutoVerifiedAttributes: ['email'] }],
    [
      'wants it verified before',
      { UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] } },
    ],
  ])(
    'refuses a new address in a pool that %s, because no mail would come, but not the old one',
    async (_, pool) => {
      const { update, attributes } = await start({ pool });

      await expect(update({ email: 'new@example.com' })).rejects.toMatchObject(
        awsError('InvalidParameterException', /set it by AdminUpdateUserAttributes with email_verified=true/),
      );
      await update({ email: EMAIL });
      expect(await attributes()).toMatchObject({ email: EMAIL, email_verified: 'true' });
    },
  );

  test("refuses another user's address", async () => {
    const fixture = await start();
    await addUser(fixture, 'permanent', 'other@example.com');

    await expect(fixture.update({ email: 'other@example.com' })).rejects.toMatchObject({
      code: 'AliasExistsException',
    });
  });

  test.each<[string, Readonly<Record<string, string>>, ReturnType<typeof awsError>]>([
    ['what the client may not write', { nickname: 'A' }, UNAUTHORIZED],
    ['that an address is verified', { email_verified: 'true' }, UNAUTHORIZED],
    [
      'what cannot be changed',
      { 'custom:tenant': 'acme' },
      awsError('InvalidParameterException', 'user.custom:tenant: Attribute cannot be updated.'),
    ],
    [
      'to delete what is required',
      { name: '' },
      awsError('InvalidParameterException', /name: The attribute is required$/),
    ],
    [
      'what the pool does not have',
      { 'custom:none': '1' },
      awsError('InvalidParameterException', 'user.custom:none: Attribute does not exist in the schema.\n'),
    ],
    ['a value without its form', { birthdate: '1' }, awsError('InvalidParameterException', /birthdate/)],
  ])('refuses %s, and changes nothing', async (_, change, refusal) => {
    const WriteAttributes = ['name', 'birthdate', 'email_verified', 'custom:tenant', 'custom:plan'];
    const { update, attributes } = await start({ client: { WriteAttributes } });
    const before = await attributes();

    await expect(update({ 'custom:plan': 'free', ...change })).rejects.toMatchObject(refusal);

    expect(await attributes()).toEqual(before);
  });
});

test("a client that lists no attributes may read and write the standard ones, and none of the pool's own", async () => {
  const { call, update, attributes } = await start({
    client: { ReadAttributes: undefined, WriteAttributes: undefined },
  });
  const UserAttributes = [{ Name: 'custom:plan', Value: 'free' }];
  await call('AdminUpdateUserAttributes', { UserPoolId: POOL_ID, Username: EMAIL, UserAttributes });

  await update({ nickname: 'G' });
  await expect(update({ 'custom:plan': 'paid' })).rejects.toMatchObject(UNAUTHORIZED);

  expect(Object.keys(await attributes())).toEqual(['sub', 'email', 'name', 'email_verified', 'nickname']);
});

describe('DeleteUserAttributes', () => {
  test('deletes them, and with a phone number that it is verified', async () => {
    const { call, update, remove, attributes } = await start();
    await update({ nickname: 'G', website: 'https://example.com' });
    await call('AdminUpdateUserAttributes', {
      UserPoolId: POOL_ID,
      Username: EMAIL,
      UserAttributes: [
        { Name: 'phone_number', Value: '+4930123456' },
        { Name: 'phone_number_verified', Value: 'true' },
      ],
    });

    expect(await remove('nickname', 'phone_number')).toEqual({});

    expect(Object.keys(await attributes())).toEqual(['sub', 'email', 'name', 'email_verified', 'website']);
  });

  test('refuses what the client may not write', async () => {
    const { remove } = await start({ client: { WriteAttributes: ['name'] } });

    await expect(remove('nickname')).rejects.toMatchObject(UNAUTHORIZED);
  });
});

describe.each(['remove', 'removeAsAdmin'] as const)('deleting attributes (%s)', (by) => {
  test.each([
    ['name', /name: The attribute is required$/],
    ['email', /email: The attribute is required$/],
    ['sub', 'Cannot modify the non-mutable attribute sub'],
    ['custom:tenant', 'user.custom:tenant: Attribute cannot be updated.'],
    ['custom:none', 'user.custom:none: Attribute does not exist in the schema.\n'],
  ])('is refused for %s', async (name, message) => {
    const fixture = await start();

    await expect(fixture[by](name)).rejects.toMatchObject(awsError('InvalidParameterException', message));
  });
});

test('AdminDeleteUserAttributes deletes what the client may not write', async () => {
  const { call, removeAsAdmin, attributes } = await start({ client: { WriteAttributes: ['name'] } });
  const UserAttributes = [{ Name: 'nickname', Value: 'G' }];
  await call('AdminUpdateUserAttributes', { UserPoolId: POOL_ID, Username: EMAIL, UserAttributes });

  expect(await removeAsAdmin('nickname')).toEqual({});

  expect(await attributes()).not.toHaveProperty('nickname');
});
