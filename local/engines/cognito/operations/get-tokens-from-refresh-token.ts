/** GetTokensFromRefreshToken: newer clients call it instead of InitiateAuth with REFRESH_TOKEN_AUTH, those that rotate have to. */
import type { Operation } from '../../../ground/service.ts';
import { clientId, readInput, required, text, textMap } from '../input.ts';
import type { ClientSecrets } from '../tokens/client-secrets.ts';
import type { Refresh } from '../tokens/refresh.ts';
import type { Directory } from '../users/directory.ts';

const schema = {
  ClientId: clientId,
  RefreshToken: required(text({ min: 1 })),
  ClientSecret: text({ min: 1, max: 64 }),
  ClientMetadata: textMap,
};

export const createGetTokensFromRefreshToken =
  (directory: Directory, refresh: Refresh, secrets: ClientSecrets): Operation =>
  async (input) => {
    const { ClientId, RefreshToken, ClientSecret, ClientMetadata } = readInput(input, schema);
    const { pool, client } = directory.client(ClientId);
    secrets.check(pool, client, ClientSecret, 'NotAuthorizedException');
    const call = { pool, client, refreshToken: RefreshToken, clientMetadata: ClientMetadata };
    return { AuthenticationResult: await refresh(call) };
  };
