/** The keyring's secret in Secrets Manager: read, and written only where nobody else has written since. */
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
  /** Holds keys: for parsing, never for printing. */
  readonly text: string;
}

export interface KeyringSecret {
  readonly arn: string;
  read(): Promise<SecretVersion>;
  /**
   * Makes `text` the current value in place of the version `replaced`; returns the new version's id. Throws `CommandError`
   * where somebody else has written the secret since it was read; nothing of ours is in force then.
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

  /** Pending is what no function reads. A run that ends here leaves it there, and the next takes the label over. */
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

  /** Fails unless `replaced` is current: the one operation of Secrets Manager that compares before it writes. */
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
      // The SDK calls again when an answer is lost, and then it is our own first call that has moved the label.
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
