/** What a resource server does with the tokens that its clients send: it verifies them by aws-jwt-verify, as docs/client.md says. */
import { JwtVerifier } from 'aws-jwt-verify';
import { validateCognitoJwtFields } from 'aws-jwt-verify/cognito-verifier';
import type { Jwks } from 'aws-jwt-verify/jwk';
import type { JwtPayload } from 'aws-jwt-verify/jwt-model';
import type { Pool } from './client-app.ts';

/** The user has not just given a code. */
export class CodeWantedError extends Error {
  override readonly name = 'CodeWantedError';
}

export interface Wanted {
  readonly use: 'id' | 'access';
  /** Whether the tokens must come from a sign-in, and not from a refresh. Access tokens do not tell. */
  readonly freshCode?: boolean;
}

/** Returns the claims. Rejects with an error of aws-jwt-verify, or with `CodeWantedError`. */
export const verifyToken = async (
  { url, poolId, clientId }: Pool,
  { use, freshCode = false }: Wanted,
  token: string,
): Promise<JwtPayload> => {
  const issuer = `${url}/${poolId}`;
  const verifier = JwtVerifier.create({
    issuer,
    // An access token has none; the check below wants the app client of either token.
    audience: null,
    customJwtCheck: ({ payload }) => {
      validateCognitoJwtFields(payload, { tokenUse: use, clientId });
      if (freshCode && payload.email_otp !== 'verified') {
        throw new CodeWantedError(`The claim email_otp is ${payload.email_otp}`);
      }
    },
  });
  // By itself it loads keys over HTTPS only.
  const keys = await fetch(`${issuer}/.well-known/jwks.json`);
  verifier.cacheJwks((await keys.json()) as Jwks);
  return verifier.verify(token);
};
