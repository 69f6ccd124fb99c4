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
const JSON_TEXT = /"(?:[^"\\]|\\.)*"/gs;

const readEntries = (secret: string): readonly (readonly [string, unknown])[] => {
  try {
    return Object.entries(JSON.parse(secret));
  } catch {
    // The parser's message is not passed on, because it quotes the key.
    throw new KeyringError('The code key secret is not a JSON object');
  }
};

const readTime = (text: string): number => {
  const time = Date.parse(text);
  // `Date` takes 30 February for 2 March, and 24:00 for the next day.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 19) !== text.slice(0, 19)) {
    throw new KeyringError(`The code key secret has a key for ${text}, a time that does not exist`);
  }
  return time;
};

const readKey = ([text, key]: readonly [string, unknown]): Key => {
  // The entry is not quoted here: whoever has swapped time and key has the key in the time's place.
  if (typeof key !== 'string' || key.length < MIN_KEY_LENGTH || !ISO_TIME.test(text)) {
    throw new KeyringError('The code key secret has an entry that is not "<ISO 8601 UTC time>": "<key>"');
  }
  return { notBefore: readTime(text), secret: createSecretKey(key, 'utf8') };
};

/** Which of two keys holds for a moment must not depend on their order, nor on which of them a JSON parser drops. */
const refuseTwoForOne = (secret: string, keys: Keyring): void => {
  const twice = keys.find(({ notBefore }, index) => keys[index + 1]?.notBefore === notBefore);
  if (twice !== undefined) {
    const time = new Date(twice.notBefore).toISOString();
    throw new KeyringError(`The code key secret has two keys for one moment, ${time}`);
  }
  if (secret.match(JSON_TEXT)?.length !== 2 * keys.length) {
    throw new KeyringError('The code key secret has two keys under one name');
  }
};

/**
 * Reads the secret's text: a JSON object with each key under the ISO 8601 time from which it is used. Throws `KeyringError`
 * unless every entry can be read and each holds from a moment of its own.
 */
export const parseKeyring = (secret = ''): Keyring => {
  const keys = readEntries(secret).map(readKey);
  if (keys.length === 0) throw new KeyringError('The code key secret holds no key');
  keys.sort((a, b) => b.notBefore - a.notBefore);
  refuseTwoForOne(secret, keys);
  return keys;
};

/** The newest key that was in force when the challenge was created. No other key is ever tried. Throws `KeyringError`. */
export const keyFor = (keyring: Keyring, challengeId: ChallengeId): KeyObject => {
  const key = keyring.find(({ notBefore }) => notBefore <= createdAt(challengeId));
  if (key === undefined) throw new KeyringError('No key was in force when the challenge was created');
  return key.secret;
};
