/** GetTokensFromRefreshToken: newer clients call it instead of InitiateAuth with REFRESH_TOKEN_AUTH. */
import type { Operation } from '../../../ground/service.ts';
import { clientId, readInput, required, text, textMap } from '../input.ts';
import type { Refresh } from '../tokens/refresh.ts';
import type { Directory } from '../users/directory.ts';

const schema = { ClientId: clientId, RefreshToken: required(text({ min: 1 })), ClientMetadata: textMap };

export const createGetTokensFromRefreshToken =
  (directory: Directory, refresh: Refresh): Operation =>
  async (input) => {
    const { ClientId, RefreshToken, ClientMetadata } = readInput(input, schema);
    const { pool, client } = directory.client(ClientId);
    return { AuthenticationResult: await refresh(pool, client, RefreshToken, ClientMetadata) };
  };
