/** The secrets of each pool, made once and stored: its key for signing tokens, and a secret for sealing and simulating. */
import {
  createPrivateKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  randomBytes,
  randomUUID,
} from 'node:crypto';
import type { Documents, State } from '../../../ground/state.ts';

export interface SigningKey {
  readonly id: string;
  readonly privateKey: KeyObject;
  /** The public key in the form that the pool publishes. */
  readonly publicJwk: JsonWebKey;
}

export interface Keys {
  signing(poolId: string): SigningKey;
  secret(poolId: string): Buffer;
}

interface StoredKey {
  readonly id: string;
  readonly privateJwk: JsonWebKey;
}

const generate = (): StoredKey => ({
  id: randomUUID(),
  privateJwk: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
});

const load = ({ id, privateJwk }: StoredKey): SigningKey => {
  const { kty, n, e } = privateJwk as { kty: string; n: string; e: string };
  return {
    id,
    privateKey: createPrivateKey({ key: privateJwk, format: 'jwk' }),
    publicJwk: { kid: id, kty, alg: 'RS256', use: 'sig', n, e },
  };
};

export const createKeys = (state: State): Keys => {
  const keys = state.documents<StoredKey>('cognito-signing-key');
  const secrets = state.documents<string>('cognito-secret');
  const loaded = new Map<string, SigningKey>();

  const kept = <T>(documents: Documents<T>, id: string, make: () => T): T => {
    const found = documents.get(id);
    if (found !== undefined) return found;
    const made = make();
    documents.put(id, made);
    return made;
  };
  return {
    signing: (poolId) => {
      const key = loaded.get(poolId) ?? load(kept(keys, poolId, generate));
      loaded.set(poolId, key);
      return key;
    },
    secret: (poolId) =>
      Buffer.from(
        kept(secrets, poolId, () => randomBytes(32).toString('base64')),
        'base64',
      ),
  };
};
