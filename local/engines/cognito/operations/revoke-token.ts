/** RevokeToken: ends a refresh token and the access tokens that were issued for it. */
import { AwsError, type Operation } from '../../../ground/service.ts';
import { unsupportedOperation } from '../errors.ts';
import { clientId, readInput, required, text } from '../input.ts';
import type { ClientSecrets } from '../tokens/client-secrets.ts';
import type { Tokens } from '../tokens/tokens.ts';
import type { Directory } from '../users/directory.ts';

const schema = {
  ClientId: clientId,
  Token: required(text({ min: 1 })),
  ClientSecret: text({ min: 1, max: 64 }),
};

/** ID and access tokens have dots, refresh tokens have none. */
const isJwt = (token: string): boolean => /^[\w-]+\.[\w-]+\.[\w-]*$/.test(token);

/** Of its exceptions for a wrong secret and for a client without token revocation AWS documents the names, not the texts. */
export const createRevokeToken =
  (directory: Directory, tokens: Tokens, secrets: ClientSecrets): Operation =>
  (input) => {
    const { ClientId, Token, ClientSecret } = readInput(input, schema);
    const { pool, client } = directory.client(ClientId);
    secrets.check(pool, client, ClientSecret, 'UnauthorizedException');
    if (!client.revokesTokens) {
      throw unsupportedOperation(`Token revocation is not enabled for the client ${ClientId}`);
    }
    if (isJwt(Token)) throw new AwsError('UnsupportedTokenTypeException', 'Unsupported token type');
    tokens.revoke(pool, client, Token);
    return {};
  };
