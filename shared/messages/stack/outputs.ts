/**
 * The outputs of a deployed stack and of the local system, under the same names. In a stack they may have a prefix, by which
 * several `EmailOtp`s are told apart. The local system writes them into a file in its folder. The commands read both.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The values by the names of the stack's outputs. */
export interface StackOutputs {
  readonly UserPoolId: string;
  readonly UserPoolClientId: string;
  readonly TableName: string;
  readonly DeadLetterQueueUrl: string;
  readonly StateMachineArn: string;
  readonly AuditorRoleArn: string;
  readonly KeyringSecretArn: string;
  readonly KeyRotationRoleArn: string;
  readonly UnlockRoleArn: string;
  /** The limits of user records, as user-limits.ts writes them. */
  readonly GuardLimits: string;
  readonly DashboardUrl: string;
  /** Undefined if there is no archive; then there is no such output. */
  readonly AuditArchiveBucketName: string | undefined;
  /**
   * The function of each place in the pool's LambdaConfig, as JSON. This and the following are there only where the pool is elsewhere,
   * clients may report, or somebody looks at the pool.
   */
  readonly LambdaConfig?: string;
  /** The version of guard-tokens' events; V1_0 if it is missing. */
  readonly PreTokenEventVersion?: string;
  /** `{ "<client id>": { "until": "<ISO date>" } }`, as JSON. */
  readonly ReportingClients?: string;
  /** How long a code is valid, in seconds. */
  readonly CodeLifetimeSeconds?: string;
  /** The role of the commands `attach` and `detach`, for a pool that is elsewhere. */
  readonly AttachRoleArn?: string;
  /** The ids of doors that the deployment leaves open on purpose, as a JSON list. */
  readonly AcceptedDoors?: string;
  /** `deployment`, `command` or `template`: who sets the pool's triggers. */
  readonly AttachedBy?: string;
}

export type OutputName = keyof StackOutputs;

/** The outputs that were found. A stack may be older than the command that reads it. */
export type FoundOutputs = Partial<StackOutputs>;

/** What a web page signs in with, under Amplify's names. */
export interface LocalPool {
  /** The id of the `EmailOtp`. */
  readonly otp: string;
  /** The path of its construct in the app; undefined where the template does not say it. */
  readonly path?: string | undefined;
  readonly userPoolId: string;
  readonly userPoolEndpoint: string;
  readonly clients: readonly { readonly name: string; readonly userPoolClientId: string }[];
}

/**
 * The outputs of the local system: those of the stack, and some of its own. Of several `EmailOtp`s each output has the prefix
 * that tells it from those of the others.
 */
export interface LocalOutputs extends FoundOutputs {
  /** The URL of all its services. */
  readonly endpoint: string;
  readonly region: string;
  /** The URL of the page with the mails. */
  readonly inbox: string;
  /** Each user pool that is run. */
  readonly pools?: readonly LocalPool[];
}

/** Returns the outputs with these names, or undefined if one of them is missing. */
export const pickOutputs = <Name extends OutputName>(
  outputs: FoundOutputs,
  names: readonly Name[],
): Readonly<Record<Name, string>> | undefined => {
  const picked = names.map((name) => [name, outputs[name]] as const);
  if (picked.some(([, value]) => !value)) return undefined;
  return Object.fromEntries(picked) as Record<Name, string>;
};

/** What `--otp` takes for outputs without a prefix: the id that the construct has then. */
const WITHOUT_PREFIX = 'Default';

/** What `--otp` takes for the outputs with this prefix. */
export const otpId = (prefix: string): string => (prefix === '' ? WITHOUT_PREFIX : prefix);

/** How people may call an `EmailOtp` of a local system. */
export interface OtpNames {
  /** What `--otp` takes. */
  readonly id: string;
  /** The path of its construct in the app. */
  readonly path?: string | undefined;
}

/**
 * Returns the `EmailOtp` with this id, with this path, or with this as the last part of its path if no other has it. CloudFormation
 * takes letters and digits only, so an id may not look like what the app calls its construct.
 */
export const otpNamed = <Otp extends OtpNames>(otps: readonly Otp[], name: string): Otp | undefined => {
  const byId = otps.find(({ id, path }) => name === id || name === path);
  const [only, ...others] = otps.filter(({ path }) => path?.endsWith(`/${name}`));
  return byId ?? (others.length === 0 ? only : undefined);
};

/** The prefix of each `EmailOtp` that has outputs with all of these names. `keys` are their whole names. */
export const otpPrefixes = (keys: readonly string[], names: readonly OutputName[]): readonly string[] => {
  const [first = ''] = names;
  return keys
    .flatMap((key) => (key.endsWith(first) ? [key.slice(0, key.length - first.length)] : []))
    .filter((prefix) => names.every((name) => keys.includes(`${prefix}${name}`)));
};

interface CloudFormationOutput {
  readonly OutputKey?: string | undefined;
  readonly OutputValue?: string | undefined;
}

/** Reads the outputs from CloudFormation's description of a stack, by their whole names. */
export const readStackOutputs = (
  outputs: readonly CloudFormationOutput[],
): Readonly<Record<string, string>> =>
  Object.fromEntries(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));

/** The default folder below the project's root in which the local system keeps its state. */
export const DEFAULT_FOLDER = '.local';

const fileIn = (folder: string): string => join(folder, 'outputs.json');

export const writeLocalOutputs = (folder: string, outputs: LocalOutputs): void =>
  writeFileSync(fileIn(folder), `${JSON.stringify(outputs, null, 2)}\n`);

/** Returns the outputs of the system that was last started in the folder, or undefined if there was none. */
export const readLocalOutputs = (folder: string): LocalOutputs | undefined => {
  try {
    return JSON.parse(readFileSync(fileIn(folder), 'utf8')) as LocalOutputs;
  } catch {
    return undefined;
  }
};
