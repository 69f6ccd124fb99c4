/** Where `npm run rotate-key` finds the keyring, and what time it is there. */
import { resolve } from 'node:path';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { asRole } from '../common/as-role.ts';
import { findRunningSystem } from '../common/connect.ts';
import type { Source } from '../common/source.ts';
import { readStackOutputs } from '../common/stack-outputs.ts';
import { type KeyringSecret, openKeyringSecret } from './secret.ts';

export interface KeyringSource extends Disposable {
  readonly secret: KeyringSecret;
  /** The service's time in epoch milliseconds; to be asked after the secret has been read. */
  now(): number;
}

/** AWS said no time; a key that started in the past would break the codes that are out, so none is guessed. */
export class UnknownTimeError extends Error {
  override readonly name = 'UnknownTimeError';
}

/**
 * The time that AWS's last answer carried. This machine's own clock may be wrong by hours: the SDK signs requests by
 * AWS's time as soon as it notices, and says nothing.
 */
const followTime = (client: SecretsManagerClient): (() => number) => {
  let last = Number.NaN;
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers = {} } = result.response as { readonly headers?: Readonly<Record<string, string>> };
      last = Date.parse(headers.date ?? '');
      return result;
    },
    { step: 'deserialize', name: 'followTime' },
  );
  return () => {
    if (Number.isNaN(last))
      throw new UnknownTimeError('AWS did not say what time it is. Run the command again.');
    return last;
  };
};

const openStack = async (stack: string, settings: { readonly region?: string }): Promise<KeyringSource> => {
  const outputs = await readStackOutputs(settings, stack, ['KeyringSecretArn', 'KeyRotationRoleArn']);
  const client = new SecretsManagerClient({
    ...settings,
    // The secret's policy lets nobody but this role write it.
    credentials: asRole(settings, outputs.KeyRotationRoleArn, 'rotate-key'),
  });
  const now = followTime(client);
  const secret = openKeyringSecret(client, outputs.KeyringSecretArn);
  return { secret, now, [Symbol.dispose]: () => client.destroy() };
};

/** `root` is the project's folder. Throws `NotRunningError`, `UsageError`, and what AWS refuses. */
export const openKeyringSource = async (source: Source, root: string): Promise<KeyringSource> => {
  if (source.kind === 'stack') {
    return openStack(source.name, source.region === undefined ? {} : { region: source.region });
  }
  const { outputs, settings, now } = await findRunningSystem(resolve(root, source.folder), [
    'keyringSecretArn',
  ]);
  const client = new SecretsManagerClient(settings);
  const secret = openKeyringSecret(client, outputs.keyringSecretArn);
  return { secret, now: () => now, [Symbol.dispose]: () => client.destroy() };
};
