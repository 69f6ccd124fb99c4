/** The keys that codes are derived from, in one Secrets Manager secret: `{ "<notBefore, ISO 8601>": "<key>" }`. */
import { createSecretKey, type KeyObject } from 'node:crypto';
import { type ChallengeId, createdAt } from './challenge.ts';

interface Key {
  /** The time in epoch milliseconds from which challenges use this key. */
  readonly notBefore: number;
  /** A key object and not text or bytes, because logging or serializing a key object does not show the key. */
  readonly secret: KeyObject;
}

export type Keyring = readonly Key[];

/** The secret is missing or malformed, or has no key for the challenge. The message never contains key material. */
export class KeyringError extends Error {
  override readonly name = 'KeyringError';
}

/** RFC 2104 section 3: an HMAC key shorter than the digest (32 bytes for SHA-256) weakens it. */
export const MIN_KEY_LENGTH = 32;
/** The time must be in UTC, because a time without a zone depends on the machine. */
const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

/** Reads the secret's text: a JSON object with each key under the ISO 8601 time from which it is used. Throws `KeyringError`. */
export const parseKeyring = (secret: string | undefined): Keyring => {
  let entries: [string, unknown][];
  try {
    entries = Object.entries(JSON.parse(secret ?? ''));
  } catch {
    // The parser's message is not passed on, because it quotes the key.
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

/** The newest key that was in force when the challenge was created. No other key is ever tried. Throws `KeyringError`. */
export const keyFor = (keyring: Keyring, challengeId: ChallengeId): KeyObject => {
  const key = keyring.find(({ notBefore }) => notBefore <= createdAt(challengeId));
  if (key === undefined) throw new KeyringError('No key was in force when the challenge was created');
  return key.secret;
};
