import { Annotations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** What is wrong with a construct but does not have to be: CDK prints it, and fails with `--strict`. */
export interface Warning {
  readonly at: IConstruct;
  /** The name by which it is acknowledged: `Annotations.of(construct).acknowledgeWarning(id, reason)`. */
  readonly id: `EmailOtp-${string}`;
  readonly text: string;
}

/** Uses what all versions of the CDK have: `Validations` came with 2.252. */
export const warn = ({ at, id, text }: Warning): void => Annotations.of(at).addWarningV2(id, text);

export interface Remedy {
  /** How to create it with the CDK's construct. */
  readonly how: string;
  /** The property of CloudFormation. */
  readonly property: string;
}

/** What to do about a pool or a client. Whoever holds a resource is told its property, too. */
export const adviceOf = ({ how, property }: Remedy, isResource: boolean): string =>
  `Create it ${how}${isResource ? ` (in CloudFormation, ${property})` : ''}`;
