/** Secrets Manager, as far as the functions call it. Secrets are generated as the template says and kept on disk. */
import { randomInt, randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { AwsError, type JsonObject, type Operations } from '../service.ts';
import type { State } from '../state.ts';
import type { Resource } from '../template.ts';

interface StoredSecret {
  readonly value: string;
  readonly versionId: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const DEFAULT_LENGTH = 32;

/** CloudFormation's `GenerateSecretString`, without punctuation. */
const generate = (properties: JsonObject): string => {
  const rule = (properties.GenerateSecretString ?? {}) as Readonly<Record<string, unknown>>;
  const length = Number(rule.PasswordLength ?? DEFAULT_LENGTH);
  const character = () => LETTERS_AND_DIGITS.charAt(randomInt(LETTERS_AND_DIGITS.length));
  const password = Array.from({ length }, character).join('');
  if (typeof rule.GenerateStringKey !== 'string') return password;
  return JSON.stringify({
    ...JSON.parse(String(rule.SecretStringTemplate ?? '{}')),
    [rule.GenerateStringKey]: password,
  });
};

export const createSecretsManager = (
  secrets: readonly Resource[],
  state: State,
  clock: Clock,
): Operations => {
  const stored = state.documents<StoredSecret>('secret');
  for (const { names, properties } of secrets) {
    const secret = { value: generate(properties), versionId: randomUUID(), createdAt: clock.now() };
    stored.insert(names.ref, secret);
  }
  return {
    GetSecretValue: ({ SecretId }) => {
      const secret = stored.get(String(SecretId));
      if (secret === undefined) {
        throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
      }
      return {
        ARN: String(SecretId),
        CreatedDate: secret.createdAt / 1000,
        SecretString: secret.value,
        VersionId: secret.versionId,
        VersionStages: ['AWSCURRENT'],
      };
    },
  };
};
