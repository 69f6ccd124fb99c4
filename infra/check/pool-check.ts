/** Fails synthesis if a user pool offers a way to tokens, or to a new password, without the second factor. */
import type { CfnResource } from 'aws-cdk-lib';
import type { UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import type { Triggers } from '../watch/watched.ts';
import { problemsOfClients, warningsOfClients } from './client-check.ts';
import { clientsOf } from './pool-clients.ts';
import { problemsOfPool, warningsOfPool } from './pool-settings.ts';
import { warn } from './problem.ts';
import { propertiesOf } from './synthesized.ts';
import { problemsOfTriggers } from './trigger-check.ts';

export interface PoolCheckProps {
  readonly userPool: UserPool;
  readonly triggers: Triggers;
  /** The seconds that a code is valid. */
  readonly codeSeconds: number;
  /** The paths of clients that may allow a sign-in without the code, each with the reason. */
  readonly allowUnsafeClients: Readonly<Record<string, string>>;
  readonly allowEmailRecovery: boolean;
}

const validate = (props: PoolCheckProps): string[] => {
  const { userPool, triggers, allowEmailRecovery } = props;
  const pool = propertiesOf(userPool.node.defaultChild as CfnResource);
  const clients = clientsOf(userPool);
  for (const warning of [...warningsOfPool(userPool, pool), ...warningsOfClients(clients, props)])
    warn(warning);
  return [
    ...problemsOfTriggers(userPool, pool, triggers),
    ...problemsOfClients(clients, props),
    ...problemsOfPool(userPool, pool, allowEmailRecovery),
  ];
};

/** Checks the whole app at synthesis, so that what is added or changed later is checked too. */
export const checkPool = (scope: Construct, props: PoolCheckProps): void =>
  scope.node.addValidation({ validate: () => validate(props) });
