import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSecretsManager } from '../../../../../local/engines/secrets/secrets-manager.ts';
import { createClock } from '../../../../../local/ground/clock.ts';
import type { JsonObject } from '../../../../../local/ground/service.ts';
import { openState } from '../../../../../local/ground/state.ts';
import { keyFor, parseKeyring } from '../../../../../shared/domain/keyring.ts';
import { aChallengeId } from '../../../../support/table/challenges.ts';
import { aResource } from '../../a-resource.ts';

const ARN = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:Keyring-abc123';

const KEYRING = {
  GenerateSecretString: {
    SecretStringTemplate: '{}',
    GenerateStringKey: '1970-01-01T00:00:00.000Z',
    PasswordLength: 64,
    ExcludePunctuation: true,
  },
};

/** What GetSecretValue returns after a start with this secret in the template. */
const start = async (
  properties: JsonObject,
  folder = mkdtempSync(join(tmpdir(), 'secrets-')),
  id: unknown = ARN,
) => {
  const state = openState(folder);
  try {
    const secret = aResource('AWS::SecretsManager::Secret', properties, { ref: ARN, attributes: {} });
    const { GetSecretValue } = createSecretsManager([secret], state, createClock());
    return { folder, ...(await GetSecretValue?.({ SecretId: id })) } as Readonly<Record<string, string>>;
  } finally {
    state.close();
  }
};

test('generates a secret as the template says, which the functions can use', async () => {
  const { SecretString = '' } = await start(KEYRING);

  expect(JSON.parse(SecretString)).toEqual({
    '1970-01-01T00:00:00.000Z': expect.stringMatching(/^[A-Za-z0-9]{64}$/),
  });
  expect(keyFor(parseKeyring(SecretString), aChallengeId()).symmetricKeySize).toBe(64);
});

test('returns what Secrets Manager returns', async () => {
  const value = await start(KEYRING);

  expect(value).toMatchObject({
    ARN,
    CreatedDate: expect.any(Number),
    VersionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    VersionStages: ['AWSCURRENT'],
  });
});

test('keeps the secret over restarts', async () => {
  const first = await start(KEYRING);

  const second = await start(KEYRING, first.folder);

  expect(second).toEqual(first);
});

test('generates another secret for another folder', async () => {
  const [first, second] = [await start(KEYRING), await start(KEYRING)];

  expect(first?.SecretString).not.toBe(second?.SecretString);
});

test('keeps what the template puts beside the generated key', async () => {
  const { SecretString = '' } = await start({
    GenerateSecretString: { SecretStringTemplate: '{"user":"otp"}', GenerateStringKey: 'password' },
  });

  expect(JSON.parse(SecretString)).toEqual({ user: 'otp', password: expect.stringMatching(/^\w{32}$/) });
});

test.each([[undefined], ['Other'], [7]])('has no secret by the name %j', async (id) => {
  const asked = start(KEYRING, undefined, id ?? null);

  await expect(asked).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
});
