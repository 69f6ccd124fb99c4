/** Reads the keyring's secret in Secrets Manager, and writes it only if nobody else has written it since. */
import { randomUUID } from 'node:crypto';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { CommandError, EXIT } from '../../shared/command/failure.ts';

interface SecretVersion {
  readonly versionId: string;
  /** The secret's text. It holds keys, so it must never be printed. */
  readonly text: string;
}

export interface KeyringSecret {
  readonly arn: string;
  read(): Promise<SecretVersion>;
  /**
   * Makes `text` the current value in place of the version `replaced`, and returns the new version's id. Throws
   * `CommandError` if somebody else has written the secret since it was read; `text` is not in force then.
   */
  write(text: string, replaced: string): Promise<string>;
}

export const openKeyringSecret = (client: SecretsManagerClient, arn: string): KeyringSecret => {
  const read = async (): Promise<SecretVersion> => {
    const { SecretString = '', VersionId = '' } = await client.send(
      new GetSecretValueCommand({ SecretId: arn, VersionStage: 'AWSCURRENT' }),
    );
    return { text: SecretString, versionId: VersionId };
  };

  /** Stores `text` as the pending version, which no function reads. If a run ends after this, the next one moves the label. */
  const putPending = async (text: string): Promise<string> => {
    const { VersionId = '' } = await client.send(
      new PutSecretValueCommand({
        SecretId: arn,
        ClientRequestToken: randomUUID(),
        SecretString: text,
        VersionStages: ['AWSPENDING'],
      }),
    );
    return VersionId;
  };

  /** Fails unless `replaced` is current. No other operation of Secrets Manager compares before it writes. */
  const makeCurrent = async (versionId: string, replaced: string): Promise<void> => {
    try {
      await client.send(
        new UpdateSecretVersionStageCommand({
          SecretId: arn,
          VersionStage: 'AWSCURRENT',
          MoveToVersionId: versionId,
          RemoveFromVersionId: replaced,
        }),
      );
    } catch (error) {
      if ((error as Error).name !== 'InvalidParameterException') throw error;
      // If a response is lost, the SDK calls again, and our own first call may have moved the label.
      if ((await read()).versionId === versionId) return;
      throw new CommandError(
        'Somebody else has changed the keyring in the meantime; this run has changed nothing. Run it again to see how it stands.',
        EXIT.refused,
      );
    }
  };

  return {
    arn,
    read,
    write: async (text, replaced) => {
      const versionId = await putPending(text);
      await makeCurrent(versionId, replaced);
      return versionId;
    },
  };
};
