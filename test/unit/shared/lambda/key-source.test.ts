import 'aws-sdk-client-mock-vitest/extend';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { KeyringError } from '../../../../shared/domain/keyring.ts';
import { createKeySource } from '../../../../shared/lambda/key-source.ts';
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
