import 'aws-sdk-client-mock-vitest/extend';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { KeyringError } from '../../../../shared/domain/keyring.ts';
import { createAddressKeySource, createKeySource } from '../../../../shared/lambda/key-source.ts';
import { aChallengeId, MINUTE, NOW } from '../../../support/table/challenges.ts';

const CURRENT = 'current-'.padEnd(64, 'c');
const COMING = 'coming-'.padEnd(64, 'n');

const textOf = (key: { export(): Buffer }) => key.export().toString('utf8');

describe('the source of keys', () => {
  const client = new SecretsManagerClient({ region: 'us-east-1' });
  const secrets = mockClient(client);
  const secret = (key: string) => ({ SecretString: JSON.stringify({ '1970-01-01T00:00:00.000Z': key }) });

  /** A source on a clock that the test moves. */
  const aSource = () => {
    const clock = { now: NOW };
    return { clock, keyFor: createKeySource(client, 'arn:secret', () => clock.now) };
  };

  beforeEach(() => {
    secrets.reset();
    secrets.on(GetSecretValueCommand).resolves(secret(CURRENT));
  });

  test('reads the secret by its ARN, once in five minutes', async () => {
    const source = aSource();

    for (const later of [0, 0, MINUTE, 5 * MINUTE - 1]) {
      source.clock.now = NOW + later;
      expect(textOf(await source.keyFor(aChallengeId()))).toBe(CURRENT);
    }

    expect(secrets).toHaveReceivedCommandExactlyOnceWith(GetSecretValueCommand, { SecretId: 'arn:secret' });
  });

  test('reads it again after five minutes, and uses what it is then', async () => {
    const source = aSource();
    await source.keyFor(aChallengeId());
    secrets.on(GetSecretValueCommand).resolves(secret(COMING));

    source.clock.now = NOW + 5 * MINUTE;
    const key = await source.keyFor(aChallengeId());

    expect(textOf(key)).toBe(COMING);
    expect(secrets).toHaveReceivedCommandTimes(GetSecretValueCommand, 2);
  });

  test('reads it again when the clock went back, and does not keep it for longer', async () => {
    const source = aSource();
    await source.keyFor(aChallengeId());

    source.clock.now = NOW - 60 * MINUTE;
    await source.keyFor(aChallengeId());
    source.clock.now = NOW - 55 * MINUTE;
    await source.keyFor(aChallengeId());

    expect(secrets).toHaveReceivedCommandTimes(GetSecretValueCommand, 3);
  });

  test('fails, rather than going on with an old key, when the secret cannot be read', async () => {
    const source = aSource();
    const denied = new Error('AccessDenied');
    await source.keyFor(aChallengeId());
    secrets.on(GetSecretValueCommand).rejects(denied);

    source.clock.now = NOW + 5 * MINUTE;

    await expect(source.keyFor(aChallengeId())).rejects.toThrow(denied);
    await expect(source.keyFor(aChallengeId())).rejects.toThrow(denied);
  });

  test('keeps nothing of a secret that it could not use', async () => {
    const source = aSource();
    secrets.on(GetSecretValueCommand).resolvesOnce({}).resolves(secret(CURRENT));

    await expect(source.keyFor(aChallengeId())).rejects.toThrow(KeyringError);

    expect(textOf(await source.keyFor(aChallengeId()))).toBe(CURRENT);
  });
});

describe('the source of the address key', () => {
  const client = new SecretsManagerClient({ region: 'us-east-1' });
  const secrets = mockClient(client);
  const ADDRESS_KEY = 'address-key-'.padEnd(64, 'x');

  /** A source on a clock that the test moves. */
  const aSource = () => {
    const clock = { now: NOW };
    return { clock, addressKey: createAddressKeySource(client, 'arn:address-key', () => clock.now) };
  };

  beforeEach(() => {
    secrets.reset();
    secrets.on(GetSecretValueCommand).resolves({ SecretString: ADDRESS_KEY });
  });

  test('is the text of a secret of its own, which is read once in five minutes', async () => {
    const { clock, addressKey } = aSource();

    for (const later of [0, MINUTE, 5 * MINUTE - 1]) {
      clock.now = NOW + later;
      expect(textOf(await addressKey())).toBe(ADDRESS_KEY);
    }
    expect(secrets).toHaveReceivedCommandExactlyOnceWith(GetSecretValueCommand, {
      SecretId: 'arn:address-key',
    });
    clock.now = NOW + 5 * MINUTE;
    await addressKey();

    expect(secrets).toHaveReceivedCommandTimes(GetSecretValueCommand, 2);
  });

  test.each([
    ['is missing', undefined],
    ['is empty', ''],
    ['is too short', 'x'.repeat(31)],
  ])('refuses a key that %s, without its text, and reads it again', async (_, SecretString) => {
    const { addressKey } = aSource();
    secrets
      .on(GetSecretValueCommand)
      .resolvesOnce({ ...(SecretString !== undefined && { SecretString }) })
      .resolves({ SecretString: ADDRESS_KEY });

    const refused = addressKey();

    await expect(refused).rejects.toBeInstanceOf(KeyringError);
    await expect(refused).rejects.toThrow('The address key is missing or too short');
    expect(textOf(await addressKey())).toBe(ADDRESS_KEY);
  });
});
