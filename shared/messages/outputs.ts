/**
 * What a deployed stack, and the local system, say of themselves: written by the stack's outputs and into a file of the
 * local system's folder, under the same names, and read by the commands.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** By the names of the stack's outputs. */
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
  /** Undefined, and no output, where there is no archive. */
  readonly AuditArchiveBucketName: string | undefined;
}

export type OutputName = keyof StackOutputs;

/** What of it there is: a stack may be older than its reader. */
export type FoundOutputs = Partial<StackOutputs>;

/** The local system's, which has some of its own besides the stack's. */
export interface LocalOutputs extends FoundOutputs {
  /** The URL of all its services. */
  readonly endpoint: string;
  readonly region: string;
  /** The URL of the page with the mails. */
  readonly inbox: string;
}

/** The outputs of these names; undefined where one of them is missing. */
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

/** Of what CloudFormation says of a stack. */
export const readStackOutputs = (outputs: readonly CloudFormationOutput[]): FoundOutputs =>
  Object.fromEntries(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));

/** The folder below the project's root where the local system keeps its state unless told otherwise. */
export const DEFAULT_FOLDER = '.local';

const fileIn = (folder: string): string => join(folder, 'outputs.json');

export const writeLocalOutputs = (folder: string, outputs: LocalOutputs): void =>
  writeFileSync(fileIn(folder), `${JSON.stringify(outputs, null, 2)}\n`);

/** What the system that was last started in the folder has written down; undefined where there was none. */
export const readLocalOutputs = (folder: string): LocalOutputs | undefined => {
  try {
    return JSON.parse(readFileSync(fileIn(folder), 'utf8')) as LocalOutputs;
  } catch {
    return undefined;
  }
};
