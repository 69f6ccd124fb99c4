import { expect, test } from 'vitest';
import { addUser, awsError, createFixture, EMAIL, signIn } from '../fixture.ts';

test('GetUser returns the user of the access token, with the attributes that the client may read', async () => {
  const fixture = createFixture();
  const { Username } = await addUser(fixture);
  const { AccessToken } = await signIn(fixture);

  const user = await fixture.call('GetUser', { AccessToken });

  expect(user).toEqual({
    Username,
    UserAttributes: [
      { Name: 'sub', Value: Username },
      { Name: 'email', Value: EMAIL },
    ],
  });
});

test('GetUser keeps back what the client may not read', async () => {
  const fixture = createFixture({ client: { ReadAttributes: ['name'] } });
  await addUser(fixture);
  const { AccessToken } = await signIn(fixture);

  const { UserAttributes } = await fixture.call('GetUser', { AccessToken });

  expect(UserAttributes).toEqual([expect.objectContaining({ Name: 'sub' })]);
});

test('GetUser refuses tokens that are expired, forged, malformed, or no access tokens', async () => {
  const fixture = createFixture();
  await addUser(fixture);
  const { AccessToken, IdToken } = await signIn(fixture);
  const [head, body, signature = ''] = AccessToken.split('.');
  const forged = `${head}.${body}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
  const refusal = async (token: string, message: string) =>
    expect(fixture.call('GetUser', { AccessToken: token })).rejects.toMatchObject(
      awsError('NotAuthorizedException', message),
    );

  await refusal('nonsense', 'Invalid Access Token');
  await refusal(IdToken, 'Invalid Access Token');
  await refusal(forged, 'Could not verify signature for Access Token');
  fixture.clock.adjust({ offsetMs: 3_600_000 });
  await refusal(AccessToken, 'Access Token has expired');
});
