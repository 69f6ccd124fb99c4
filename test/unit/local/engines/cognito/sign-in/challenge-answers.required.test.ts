import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import {
  ANSWER,
  awsError,
  createFixture,
  EMAIL,
  PASSWORD,
  POOL_ID,
  provePassword,
  respond,
} from '../fixture.ts';

const SCHEMA = { Schema: [{ Name: 'name', Required: true }, { Name: 'age_verified' }] };
const CLIENT = {
  WriteAttributes: ['name', 'custom:age_verified'],
  ReadAttributes: ['name', 'custom:age_verified'],
};

/** A user with a temporary password, who has these attributes. */
const start = async (UserAttributes: readonly { readonly Name: string; readonly Value: string }[]) => {
  const fixture = createFixture({ pool: SCHEMA, client: CLIENT });
  const user = { UserPoolId: POOL_ID, Username: EMAIL, TemporaryPassword: PASSWORD, UserAttributes };
  await fixture.call('AdminCreateUser', user);
  return { fixture, challenge: await provePassword(fixture) };
};
const NEW_PASSWORD = 'battery-staple-9';

test('a required attribute that has a value cannot be changed or taken away along with a new password', async () => {
  for (const value of ['Robert', '']) {
    const { fixture, challenge } = await start([{ Name: 'name', Value: 'Bob' }]);
    const answer = respond(fixture, challenge, { NEW_PASSWORD, 'userAttributes.name': value });

    await expect(answer).rejects.toMatchObject(
      awsError('NotAuthorizedException', 'Cannot modify an already provided name'),
    );
  }
});

test('nothing is no answer for a required attribute that is missing', async () => {
  const { fixture, challenge } = await start([]);

  await expect(
    respond(fixture, challenge, { NEW_PASSWORD, 'userAttributes.name': '' }),
  ).rejects.toMatchObject(awsError('InvalidParameterException', 'Invalid attributes given, name is missing'));
});

test('an attribute of the pool’s own whose name ends like a flag is a text like any other', async () => {
  const { fixture, challenge } = await start([{ Name: 'name', Value: 'Bob' }]);
  const code = await respond(fixture, challenge, {
    NEW_PASSWORD,
    'userAttributes.custom:age_verified': '2026-01-31',
  });

  const { AuthenticationResult } = await respond(fixture, code as never, { ANSWER });

  expect(decodeJwt((AuthenticationResult as { IdToken: string }).IdToken)).toMatchObject({
    'custom:age_verified': '2026-01-31',
  });
});
