import { describe, expect, test } from 'vitest';
import {
  deriveClientSecret,
  secretHash,
} from '../../../../../../local/engines/cognito/tokens/client-secrets.ts';
import type { JsonObject } from '../../../../../../local/ground/service.ts';
import {
  addUser,
  awsError,
  CLIENT_ID,
  createFixture,
  EMAIL,
  type Fixture,
  POOL_ID,
  provePassword,
  signIn,
  startSrp,
  temporaryFolder,
} from '../fixture.ts';

const NOT_RECEIVED = awsError(
  'NotAuthorizedException',
  `Client ${CLIENT_ID} is configured with secret but SECRET_HASH was not received`,
);
const UNVERIFIED = awsError('NotAuthorizedException', `Unable to verify secret hash for client ${CLIENT_ID}`);

const secretOf = async (fixture: Fixture, ClientId = CLIENT_ID) => {
  const { UserPoolClient } = await fixture.call('DescribeUserPoolClient', { UserPoolId: POOL_ID, ClientId });
  return String((UserPoolClient as JsonObject).ClientSecret);
};

type Texts = Readonly<Record<string, string>>;

/** The pool as a client sees it that adds its SECRET_HASH to each call that names a user. */
const withHash = (fixture: Fixture, hashFor: (username: string) => string): Pick<Fixture, 'call'> => ({
  call: (operation, input) => {
    const member = operation === 'InitiateAuth' ? 'AuthParameters' : 'ChallengeResponses';
    const texts = input[member] as Texts | undefined;
    if (texts?.USERNAME === undefined) return fixture.call(operation, input);
    const SECRET_HASH = hashFor(texts.USERNAME);
    return fixture.call(operation, { ...input, [member]: { ...texts, SECRET_HASH } });
  },
});

const signedIn = async (client: JsonObject = {}) => {
  const fixture = createFixture({ client: { GenerateSecret: true, ...client } });
  const user = await addUser(fixture);
  const secret = await secretOf(fixture);
  const app = withHash(fixture, (username) => secretHash(secret, username, CLIENT_ID));
  return { fixture, user, secret, app, tokens: await signIn(app) };
};

describe('the secret of an app client', () => {
  test('looks like AWS’s, is the client’s own, and outlives a restart', async () => {
    const folder = temporaryFolder();
    const first = createFixture({ folder, client: { GenerateSecret: 'true' } });

    const secret = await secretOf(first);

    expect(secret).toMatch(/^[0-9a-z]{51}$/);
    expect(await secretOf(first, 'other')).not.toBe(secret);
    expect(await secretOf(createFixture({ folder, client: { GenerateSecret: true } }))).toBe(secret);
  });

  test('is none without GenerateSecret, and in no list', async () => {
    const [without, listing] = [createFixture(), createFixture({ client: { GenerateSecret: true } })];

    const { UserPoolClient } = await without.call('DescribeUserPoolClient', {
      UserPoolId: POOL_ID,
      ClientId: CLIENT_ID,
    });

    expect(UserPoolClient).not.toHaveProperty('ClientSecret');
    const listed = await listing.call('ListUserPoolClients', { UserPoolId: POOL_ID });
    expect(JSON.stringify(listed)).not.toContain(await secretOf(listing));
  });

  test('has leading zeros like any other character', () => {
    const lengths = Array.from(
      { length: 200 },
      (_, index) => deriveClientSecret(Buffer.of(index), 'c').length,
    );

    expect(new Set(lengths)).toEqual(new Set([51]));
  });

  test('makes the hash that AWS’s guide computes', () => {
    // printf %s 'nameclient' | openssl dgst -sha256 -hmac secret -binary | base64
    expect(secretHash('secret', 'name', 'client')).toBe('Xj9wwaT/ulnZPuCO/uoH6XMJQwozxRoLh9CJRxdecrQ=');
  });
});

describe('a sign-in to a client with a secret', () => {
  test('ends in tokens with the hash of the name that each call has', async () => {
    expect((await signedIn()).tokens).toHaveProperty('IdToken');
  });

  test('is refused without the hash, in each of its calls', async () => {
    const { fixture, app } = await signedIn();

    await expect(startSrp(fixture)).rejects.toMatchObject(NOT_RECEIVED);
    const { answer } = await startSrp(app);
    await expect(fixture.call('RespondToAuthChallenge', answer)).rejects.toMatchObject(NOT_RECEIVED);
    // The session is still good.
    expect(await app.call('RespondToAuthChallenge', answer)).toHaveProperty('ChallengeName');
  });

  test('is refused with the hash of another name or another secret', async () => {
    const { fixture, secret } = await signedIn();
    const hashOf = (name: string, key = secret) => withHash(fixture, () => secretHash(key, name, CLIENT_ID));

    for (const app of [hashOf('other@example.com'), hashOf(EMAIL, 'other'), withHash(fixture, () => 'x')]) {
      await expect(provePassword(app)).rejects.toMatchObject(UNVERIFIED);
    }
  });

  test('calls no trigger before the hash is known to be right', async () => {
    const fixture = createFixture({ client: { GenerateSecret: true } });
    await addUser(fixture);

    await expect(startSrp(fixture)).rejects.toMatchObject(NOT_RECEIVED);
    expect(fixture.calls).toEqual([]);
  });
});

describe('a refresh of a client with a secret', () => {
  const initiate = (fixture: Fixture, REFRESH_TOKEN: string, SECRET_HASH?: string) =>
    fixture.call('InitiateAuth', {
      ClientId: CLIENT_ID,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN, SECRET_HASH },
    });

  test('wants the hash of the user’s name in the pool, not of the address', async () => {
    const { fixture, user, secret, tokens } = await signedIn();
    const hashOf = (name: string) => secretHash(secret, name, CLIENT_ID);

    expect(await initiate(fixture, tokens.RefreshToken, hashOf(user.Username))).toHaveProperty(
      'AuthenticationResult',
    );
    await expect(initiate(fixture, tokens.RefreshToken)).rejects.toMatchObject(NOT_RECEIVED);
    await expect(initiate(fixture, tokens.RefreshToken, hashOf(EMAIL))).rejects.toMatchObject(
      awsError('NotAuthorizedException', `SecretHash does not match for the client: ${CLIENT_ID}`),
    );
  });

  test.each([
    ['GetTokensFromRefreshToken', 'RefreshToken', 'NotAuthorizedException'],
    ['RevokeToken', 'Token', 'UnauthorizedException'],
  ])('by %s wants the secret itself', async (operation, member, code) => {
    const { fixture, secret, tokens } = await signedIn();
    const ask = (ClientSecret?: string) =>
      fixture.call(operation, { ClientId: CLIENT_ID, [member]: tokens.RefreshToken, ClientSecret });

    await expect(ask()).rejects.toMatchObject(awsError(code, /ClientSecret was not received$/));
    await expect(ask('wrong')).rejects.toMatchObject(awsError(code, /^ClientSecret does not match/));
    expect(await ask(secret)).toBeDefined();
  });
});
