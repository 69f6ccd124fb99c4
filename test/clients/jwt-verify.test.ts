import type { AuthenticationResultType } from '@aws-sdk/client-cognito-identity-provider';
import { CognitoJwtVerifier } from 'aws-jwt-verify';
import {
  CognitoJwtInvalidClientIdError,
  CognitoJwtInvalidTokenUseError,
  JwtInvalidSignatureError,
} from 'aws-jwt-verify/error';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createUser,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
} from '../support/system/local-system.ts';
import { refreshBySdk, signInBySdk } from './support/by-sdk.ts';
import type { TokenPair } from './support/client-app.ts';
import { CodeWantedError, verifyToken } from './support/resource-server.ts';
import { named } from './support/versions.ts';

let system: TestSystem;
let email: string;
let tokens: TokenPair;
let refreshed: TokenPair;

const pairOf = ({ IdToken = '', AccessToken = '' }: AuthenticationResultType): TokenPair => ({
  id: IdToken,
  access: AccessToken,
});

beforeAll(async () => {
  system = await startTestSystem();
  const user = await createUser(system);
  email = user.email;
  const signedIn = await signInBySdk(system, user);
  tokens = pairOf(signedIn);
  refreshed = pairOf(await refreshBySdk(system, signedIn));
});
afterAll(() => stopTestSystem(system));

/** The token with another value in one claim, and the old signature. */
const tampered = (token: string, claims: object): string => {
  const [header, payload = '', signature] = token.split('.');
  const read = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const written = Buffer.from(JSON.stringify({ ...read, ...claims })).toString('base64url');
  return [header, written, signature].join('.');
};

describe(named('aws-jwt-verify'), () => {
  it('accepts the ID token and the access token of a sign-in', async () => {
    const id = await verifyToken(system, { use: 'id' }, tokens.id);
    const access = await verifyToken(system, { use: 'access' }, tokens.access);

    expect(id).toMatchObject({ email, email_otp: 'verified', aud: system.clientId });
    expect(access).toMatchObject({ sub: id.sub, client_id: system.clientId });
  });

  it('refuses tokens that have been tampered with', async () => {
    const forgedId = tampered(refreshed.id, { email_otp: 'verified' });
    const forgedAccess = tampered(tokens.access, { username: 'somebody-else' });

    for (const [use, token] of [
      ['id', forgedId],
      ['access', forgedAccess],
    ] as const) {
      const verified = verifyToken(system, { use }, token);
      await expect(verified).rejects.toBeInstanceOf(JwtInvalidSignatureError);
    }
  });

  it('refuses tokens of another app client', async () => {
    const other = { ...system, clientId: 'another0client0another0cli' };

    for (const use of ['id', 'access'] as const) {
      const verified = verifyToken(other, { use }, tokens[use]);
      await expect(verified).rejects.toBeInstanceOf(CognitoJwtInvalidClientIdError);
    }
  });

  it('refuses an ID token for an access token, and the reverse', async () => {
    for (const [use, token] of [
      ['access', tokens.id],
      ['id', tokens.access],
    ] as const) {
      const verified = verifyToken(system, { use }, token);
      await expect(verified).rejects.toBeInstanceOf(CognitoJwtInvalidTokenUseError);
    }
  });

  it('lets a resource server want a code that was just given, which refreshed tokens do not tell of', async () => {
    const wantCode = (token: string) => verifyToken(system, { use: 'id', freshCode: true }, token);

    await expect(wantCode(tokens.id)).resolves.toMatchObject({ email_otp: 'verified' });
    await expect(wantCode(refreshed.id)).rejects.toBeInstanceOf(CodeWantedError);
    await expect(verifyToken(system, { use: 'id' }, refreshed.id)).resolves.toMatchObject({ email });
  });

  it('refuses local tokens in a verifier that is made for the pool on AWS', async () => {
    const { poolId: userPoolId, clientId } = system;
    const onAws = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: 'id' });

    await expect(onAws.verify(tokens.id)).rejects.toThrow('issuer not configured');
  });
});
