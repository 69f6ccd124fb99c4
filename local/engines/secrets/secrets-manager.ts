/** Secrets Manager, as far as the functions and the commands call it. Secrets are generated as the template says and kept on disk. */
import { randomInt, randomUUID } from 'node:crypto';
import type { Clock } from '../../ground/clock.ts';
import { AwsError, type JsonObject, type Operations } from '../../ground/service.ts';
import type { Documents, State } from '../../ground/state.ts';
import type { Resource } from '../../ground/template.ts';
import { CURRENT, holderOf, moveStage, type SecretVersion, type SecretVersions } from './secret-versions.ts';

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

const parameter = (name: string, value: unknown): string | undefined => {
  if (value === undefined || typeof value === 'string') return value;
  throw new AwsError('SerializationException', `${name} must be a string`);
};

const required = (name: string, value: unknown): string => {
  const text = parameter(name, value);
  if (text !== undefined) return text;
  throw new AwsError(
    'ValidationException',
    `Value at '${name}' failed to satisfy constraint: must not be null`,
  );
};

const notFound = (what: string) =>
  new AwsError('ResourceNotFoundException', `Secrets Manager can't find the specified ${what}.`);
const wrong = (message: string) => new AwsError('InvalidParameterException', message);

/** The version that a read asks for: by id, by label, or by both, which then have to agree. */
const choose = (versions: SecretVersions, { VersionId, VersionStage }: JsonObject): SecretVersion => {
  const id = parameter('versionId', VersionId);
  const stage = parameter('versionStage', VersionStage) ?? (id === undefined ? CURRENT : undefined);
  const byId = versions.find(({ versionId }) => versionId === id);
  if (id !== undefined && byId === undefined) throw notFound(`secret value for VersionId: ${id}`);
  if (stage === undefined && byId !== undefined) return byId;
  const byStage = holderOf(versions, String(stage));
  if (byStage === undefined) throw notFound(`secret value for staging label: ${stage}`);
  if (byId !== undefined && byId !== byStage) {
    throw new AwsError(
      'InvalidRequestException',
      'You provided a VersionStage that is not associated to the provided VersionId.',
    );
  }
  return byStage;
};

const readStages = (value: unknown): readonly string[] => {
  if (value === undefined) return [CURRENT];
  const valid =
    Array.isArray(value) && value.length > 0 && value.every((stage) => typeof stage === 'string' && stage);
  if (valid) return value;
  throw new AwsError('ValidationException', 'VersionStages must be a list of staging labels');
};

/** A version is never changed: the same content again is a repetition, other content is refused. */
const addVersion = (versions: SecretVersions, added: Omit<SecretVersion, 'stages'>): SecretVersions => {
  const existing = versions.find(({ versionId }) => versionId === added.versionId);
  if (existing === undefined) return [...versions, { ...added, stages: [] }];
  if (existing.value === added.value) return versions;
  throw new AwsError(
    'ResourceExistsException',
    "You can't use ClientRequestToken for a secret version that already exists with another value.",
  );
};

/** The conditions that make the operation a comparison: who moves a label has to know where it is. */
const checkMove = (versions: SecretVersions, stage: string, to?: string, from?: string): void => {
  const holder = holderOf(versions, stage)?.versionId;
  if (to !== undefined && versions.every(({ versionId }) => versionId !== to)) {
    throw notFound(`secret version: ${to}`);
  }
  if (to === undefined && stage === CURRENT) throw wrong(`You can't remove the staging label ${CURRENT}.`);
  if (from === undefined && holder !== undefined && holder !== to) {
    throw wrong(
      `The parameter RemoveFromVersionId can't be empty. Staging label ${stage} is currently attached to version ${holder}, so you must explicitly reference that version in RemoveFromVersionId.`,
    );
  }
  if (from !== undefined && from !== holder) {
    throw wrong(
      `When you move staging label ${stage}, if you specify RemoveFromVersionId, it must be set to the version that currently has the staging label ${stage}.`,
    );
  }
};

export const createSecretsManager = (
  secrets: readonly Resource[],
  state: State,
  clock: Clock,
): Operations => {
  const stored: Documents<SecretVersions> = state.documents('secret-versions');
  for (const { names, properties } of secrets) {
    const first = { versionId: randomUUID(), value: generate(properties), createdAt: clock.now() };
    stored.insert(names.ref, [{ ...first, stages: [CURRENT] }]);
  }
  const find = (id: unknown): { readonly arn: string; readonly versions: SecretVersions } => {
    const arn = String(id);
    const versions = stored.get(arn);
    if (versions === undefined) throw notFound('secret');
    return { arn, versions };
  };
  return {
    GetSecretValue: ({ SecretId, ...which }) => {
      const { arn, versions } = find(SecretId);
      const { value, versionId, createdAt, stages } = choose(versions, which);
      return {
        ARN: arn,
        CreatedDate: createdAt / 1000,
        SecretString: value,
        VersionId: versionId,
        VersionStages: stages,
      };
    },
    PutSecretValue: ({ SecretId, SecretString, ClientRequestToken, VersionStages }) => {
      const { arn, versions } = find(SecretId);
      const value = required('secretString', SecretString);
      const versionId = parameter('clientRequestToken', ClientRequestToken) ?? randomUUID();
      const stages = readStages(VersionStages);
      const added = addVersion(versions, { versionId, value, createdAt: clock.now() });
      // A repetition takes no label back that has moved on since.
      const labelled =
        added === versions
          ? versions
          : stages.reduce((moved, stage) => moveStage(moved, stage, versionId), added);
      stored.put(arn, labelled);
      const { stages: VersionStagesNow = [] } = labelled.find((it) => it.versionId === versionId) ?? {};
      return { ARN: arn, VersionId: versionId, VersionStages: VersionStagesNow };
    },
    UpdateSecretVersionStage: ({ SecretId, VersionStage, MoveToVersionId, RemoveFromVersionId }) => {
      const { arn, versions } = find(SecretId);
      const stage = required('versionStage', VersionStage);
      const to = parameter('moveToVersionId', MoveToVersionId);
      checkMove(versions, stage, to, parameter('removeFromVersionId', RemoveFromVersionId));
      stored.put(arn, moveStage(versions, stage, to));
      return { ARN: arn };
    },
  };
};
