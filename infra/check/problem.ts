import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** What is wrong with a construct but does not have to be: CDK prints it, and fails with `--strict`. */
export interface Warning {
  readonly at: IConstruct;
  /** The name by which it is acknowledged: `Validations.of(construct).acknowledge({ id, reason })`. */
  readonly id: `EmailOtp-${string}`;
  readonly text: string;
}

export const warn = ({ at, id, text }: Warning): void => Validations.of(at).addWarning(id, text);
