/** A user pool with its clients, as it is at one time. */
import type { Json } from './json.ts';
import type { Described, PoolApi } from './pool-api.ts';

export interface PoolState {
  readonly pool: Described;
  /** The answer of GetUserPoolMfaConfig. */
  readonly mfa: Json;
  /** By client id. */
  readonly clients: ReadonlyMap<string, Described>;
}

/** Whether Cognito says that there is no such pool or client. */
export const isGone = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ResourceNotFoundException';

/** Undefined if there is no such client any more. */
export const readClientState = async (api: PoolApi, clientId: string): Promise<Described | undefined> => {
  try {
    return await api.describeClient(clientId);
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
};

/** Reads one thing after the other, as the API allows few calls a second. Throws the errors of the SDK. */
export const readPoolState = async (api: PoolApi): Promise<PoolState> => {
  const pool = await api.describePool();
  const mfa = await api.describeMfa();
  const clients = new Map<string, Described>();
  for (const clientId of await api.clientIds()) {
    const client = await readClientState(api, clientId);
    if (client !== undefined) clients.set(clientId, client);
  }
  return { pool, mfa, clients };
};
