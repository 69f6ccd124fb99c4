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
}

export type OutputName = keyof StackOutputs;

/** The outputs that were found. A stack may be older than the command that reads it. */
export type FoundOutputs = Partial<StackOutputs>;

/** The outputs of the local system: those of the stack, and some of its own. */
export interface LocalOutputs extends FoundOutputs {
  /** The URL of all its services. */
  readonly endpoint: string;
  readonly region: string;
  /** The URL of the page with the mails. */
  readonly inbox: string;
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
