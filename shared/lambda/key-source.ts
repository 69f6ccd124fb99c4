/** The secrets as the functions have them: read from Secrets Manager, and kept for a few minutes. */
import { createSecretKey, type KeyObject } from 'node:crypto';
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { ChallengeId } from '../domain/challenge.ts';
import { KeyringError, keyFor, MIN_KEY_LENGTH, parseKeyring } from '../domain/keyring.ts';

/** Returns the key of a challenge. */
export type KeySource = (challengeId: ChallengeId) => Promise<KeyObject>;

/** Returns the key of the hashes of addresses. */
export type AddressKeySource = () => Promise<KeyObject>;

/** A function uses the secret that it has read for this many milliseconds, even if the secret changes. */
export const KEY_CACHE_MS = 5 * 60 * 1000;

interface SecretSource {
  readonly client: SecretsManagerClient;
  readonly secretArn: string;
  readonly now: () => number;
}

/** Reads the secret at most once in 5 minutes. */
const cached = <Value>(
  { client, secretArn, now }: SecretSource,
  parse: (secret: string | undefined) => Value,
): (() => Promise<Value>) => {
  let last: { readonly value: Value; readonly until: number } | undefined;
  return async () => {
    const time = now();
    if (last === undefined || time >= last.until || last.until > time + KEY_CACHE_MS) {
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
      last = { value: parse(SecretString), until: time + KEY_CACHE_MS };
    }
    return last.value;
  };
};

/** The source of the codes' keys. A rotation adds its key 10 minutes before it is used. */
export const createKeySource = (
  client: SecretsManagerClient,
  secretArn: string,
  now: () => number,
): KeySource => {
  const keyring = cached({ client, secretArn, now }, parseKeyring);
  return async (challengeId) => keyFor(await keyring(), challengeId);
};

const parseAddressKey = (secret = ''): KeyObject => {
  if (secret.length < MIN_KEY_LENGTH) throw new KeyringError('The address key is missing or too short');
  return createSecretKey(secret, 'utf8');
};

/** The source of the address key. */
export const createAddressKeySource = (
  client: SecretsManagerClient,
  secretArn: string,
  now: () => number,
): AddressKeySource => cached({ client, secretArn, now }, parseAddressKey);
