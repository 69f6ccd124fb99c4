/** The keys that codes are derived from: one Secrets Manager secret, `{ "<notBefore, ISO 8601>": "<key>" }`. */
import { createSecretKey, type KeyObject } from 'node:crypto';
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type ChallengeId, createdAt } from './challenge.ts';

interface Key {
  /** Epoch milliseconds from which challenges use this key. */
  readonly notBefore: number;
  /** Not bytes or text: whatever logs or serializes a key object does not show the key. */
  readonly secret: KeyObject;
}

export type Keyring = readonly Key[];

/** Answers the key of a challenge. */
export type KeySource = (challengeId: ChallengeId) => Promise<KeyObject>;

/** The secret is missing, malformed, or has no key for the challenge. The message never holds key material. */
export class KeyringError extends Error {
  override readonly name = 'KeyringError';
}

/** RFC 2104 section 3: an HMAC key shorter than the digest (32 bytes for SHA-256) weakens it. */
const MIN_KEY_LENGTH = 32;
/** In UTC, because without a zone a time means something else on each machine. */
const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;
/** Milliseconds for which a function uses the keyring that it has read, whatever becomes of the secret. */
export const KEY_CACHE_MS = 5 * 60 * 1000;

/** Reads the secret's text: a JSON object of keys by the ISO 8601 time from which each is used. Throws `KeyringError`. */
export const parseKeyring = (secret: string | undefined): Keyring => {
  let entries: [string, unknown][];
  try {
    entries = Object.entries(JSON.parse(secret ?? ''));
  } catch {
    // The parser's own message quotes its input, which is the key.
    throw new KeyringError('The code key secret is not a JSON object');
  }
  const keys = entries.map(([notBefore, key]): Key => {
    const time = ISO_TIME.test(notBefore) ? Date.parse(notBefore) : Number.NaN;
    if (typeof key !== 'string' || key.length < MIN_KEY_LENGTH || Number.isNaN(time)) {
      throw new KeyringError('The code key secret has an entry that is not "<ISO 8601 UTC time>": "<key>"');
    }
    return { notBefore: time, secret: createSecretKey(key, 'utf8') };
  });
  return keys.sort((a, b) => b.notBefore - a.notBefore);
};

/** The newest key that was in force when the challenge was created; verify never tries a second one. */
export const keyFor = (keyring: Keyring, challengeId: ChallengeId): KeyObject => {
  const key = keyring.find(({ notBefore }) => notBefore <= createdAt(challengeId));
  if (key === undefined) throw new KeyringError('No key was in force when the challenge was created');
  return key.secret;
};

/** Reads the secret at most once in 5 minutes; a rotation announces its key 10 minutes ahead. */
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
