/** The keyring as the functions have it: read from Secrets Manager, and kept for a few minutes. */
import type { KeyObject } from 'node:crypto';
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { ChallengeId } from '../domain/challenge.ts';
import { type Keyring, keyFor, parseKeyring } from '../domain/keyring.ts';

/** Returns the key of a challenge. */
export type KeySource = (challengeId: ChallengeId) => Promise<KeyObject>;

/** A function uses the keyring that it has read for this many milliseconds, even if the secret changes. */
export const KEY_CACHE_MS = 5 * 60 * 1000;

/** Reads the secret at most once in 5 minutes. A rotation adds its key 10 minutes before it is used. */
export const createKeySource = (
  client: SecretsManagerClient,
  secretArn: string,
  now: () => number,
): KeySource => {
  let cached: { readonly keyring: Keyring; readonly until: number } | undefined;
  return async (challengeId) => {
    const time = now();
    if (cached === undefined || time >= cached.until || cached.until > time + KEY_CACHE_MS) {
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
      cached = { keyring: parseKeyring(SecretString), until: time + KEY_CACHE_MS };
    }
    return keyFor(cached.keyring, challengeId);
  };
};
