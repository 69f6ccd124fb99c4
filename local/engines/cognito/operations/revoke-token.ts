/** RevokeToken: ends a refresh token and the access tokens that were issued for it. */
import { AwsError, type Operation } from '../../../ground/service.ts';
import { clientId, readInput, required, text } from '../input.ts';
import type { Tokens } from '../tokens/tokens.ts';
import type { Directory } from '../users/directory.ts';

const schema = { ClientId: clientId, Token: required(text({ min: 1 })) };

/** ID and access tokens have dots, refresh tokens have none. */
const isJwt = (token: string): boolean => /^[\w-]+\.[\w-]+\.[\w-]*$/.test(token);

export const createRevokeToken =
  (directory: Directory, tokens: Tokens): Operation =>
  (input) => {
    const { ClientId, Token } = readInput(input, schema);
    const { pool, client } = directory.client(ClientId);
    if (isJwt(Token)) throw new AwsError('UnsupportedTokenTypeException', 'Unsupported token type');
    tokens.revoke(pool, client, Token);
    return {};
  };
