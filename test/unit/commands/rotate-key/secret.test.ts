import 'aws-sdk-client-mock-vitest/extend';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKeyringSecret } from '../../../../commands/rotate-key/secret.ts';
import { EXIT } from '../../../../shared/command/failure.ts';

const secrets = mockClient(SecretsManagerClient);

afterAll(() => secrets.restore());
const ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:Keyring-abc123';
const BEFORE = '0c1f2b7e-1d2c-4f6a-9a6e-000000000001';
const AFTER = '0c1f2b7e-1d2c-4f6a-9a6e-000000000002';
const ELSE = '0c1f2b7e-1d2c-4f6a-9a6e-000000000003';

const secret = openKeyringSecret(new SecretsManagerClient({ region: 'eu-west-1' }), ARN);
const named = (name: string) => Object.assign(new Error(name), { name });

beforeEach(() => {
  secrets.on(PutSecretValueCommand).resolves({ VersionId: AFTER });
  secrets.on(UpdateSecretVersionStageCommand).resolves({ ARN });
});
afterEach(() => secrets.reset());

it('reads the current version', async () => {
  secrets.on(GetSecretValueCommand).resolves({ SecretString: '{}', VersionId: BEFORE });

  expect(await secret.read()).toEqual({ text: '{}', versionId: BEFORE });
  expect(secrets).toHaveReceivedCommandWith(GetSecretValueCommand, {
    SecretId: ARN,
    VersionStage: 'AWSCURRENT',
  });
});

describe('a write', () => {
  it('puts the new text where no function reads it, and then makes it current in place of what was read', async () => {
    expect(await secret.write('{"new":1}', BEFORE)).toBe(AFTER);

    expect(secrets).toHaveReceivedCommandWith(PutSecretValueCommand, {
      SecretId: ARN,
      SecretString: '{"new":1}',
      VersionStages: ['AWSPENDING'],
      ClientRequestToken: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(secrets).toHaveReceivedCommandWith(UpdateSecretVersionStageCommand, {
      SecretId: ARN,
      VersionStage: 'AWSCURRENT',
      MoveToVersionId: AFTER,
      RemoveFromVersionId: BEFORE,
    });
  });

  it('does not take the place of what somebody else has written since', async () => {
    secrets.on(UpdateSecretVersionStageCommand).rejects(named('InvalidParameterException'));
    secrets.on(GetSecretValueCommand).resolves({ SecretString: '{}', VersionId: ELSE });

    await expect(secret.write('{"new":1}', BEFORE)).rejects.toMatchObject({
      message: expect.stringContaining('Somebody else has changed the keyring'),
      exit: EXIT.refused,
    });
  });

  it('has taken place where the answer to it was lost and the SDK asked again', async () => {
    secrets.on(UpdateSecretVersionStageCommand).rejects(named('InvalidParameterException'));
    secrets.on(GetSecretValueCommand).resolves({ SecretString: '{"new":1}', VersionId: AFTER });

    expect(await secret.write('{"new":1}', BEFORE)).toBe(AFTER);
  });

  it('that AWS refuses is reported in AWS’s words', async () => {
    const denied = named('AccessDeniedException');
    secrets.on(UpdateSecretVersionStageCommand).rejects(denied);

    await expect(secret.write('{"new":1}', BEFORE)).rejects.toBe(denied);
  });
});
