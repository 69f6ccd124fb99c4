/** Opens what the command `rotate-key` works on: the keyring's secret, in the one role that may write it. */
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { connect } from '../common/connect.ts';
import type { Source } from '../common/source.ts';
import { type KeyringSecret, openKeyringSecret } from './secret.ts';

export interface KeyringSource extends Disposable {
  readonly secret: KeyringSecret;
  /** The time as the service sees it, in epoch milliseconds. */
  readonly now: number;
}

/** Throws `CommandError`, and the errors of AWS. */
export const openKeyringSource = async (source: Source): Promise<KeyringSource> => {
  const role = { output: 'KeyRotationRoleArn', session: 'rotate-key' } as const;
  const { outputs, settings, now } = await connect(source, ['KeyringSecretArn'], role);
  const client = new SecretsManagerClient(settings);
  const secret = openKeyringSecret(client, outputs.KeyringSecretArn);
  return { secret, now, [Symbol.dispose]: () => client.destroy() };
};
