/** Opens what the commands `attach` and `detach` work on: a user pool, and the table with the records of its clients. */
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createPoolApi } from '../../shared/pool/cognito-pool.ts';
import type { PoolApi } from '../../shared/pool/pool-api.ts';
import { type ClientRecords, createClientRecords } from '../../shared/table/client-records.ts';
import { connect } from '../common/connect.ts';
import type { Source } from '../common/source.ts';
import { OPTIONAL_POOL_OUTPUTS, POOL_OUTPUTS, type PoolDeployment, readDeployment } from './deployment.ts';
import { createPoolUsers, type PoolUsers } from './pool-users.ts';

export interface PoolSource {
  readonly api: PoolApi;
  readonly users: PoolUsers;
  readonly records: ClientRecords;
  readonly deployment: PoolDeployment;
  /** The time as the service sees it, in epoch milliseconds. */
  readonly now: number;
  /** Asks the stack once more: it may have been deployed since. Throws as `openPoolSource`. */
  again(): Promise<Pick<PoolSource, 'deployment' | 'now'>>;
}

/** A person waits while the account's other calls go first, rather than starting again in the middle. */
const MAX_ATTEMPTS = 8;

/** `session` is the name of the command. Throws `CommandError`, and the errors of AWS. */
export const openPoolSource = async (
  source: Source,
  session: string,
  poolId: string | undefined,
): Promise<PoolSource & Disposable> => {
  const role = { output: 'AttachRoleArn', session } as const;
  const reach = () => connect(source, POOL_OUTPUTS, role, OPTIONAL_POOL_OUTPUTS);
  const { outputs, settings, now } = await reach();
  const deployment = readDeployment(outputs, poolId);
  const dynamo = new DynamoDBClient(settings);
  const cognito = new CognitoIdentityProviderClient({ ...settings, maxAttempts: MAX_ATTEMPTS });
  return {
    api: createPoolApi(cognito, deployment.userPoolId),
    users: createPoolUsers(cognito, deployment.userPoolId),
    records: createClientRecords(dynamo, outputs.TableName),
    deployment,
    now,
    again: async () => {
      const later = await reach();
      return { deployment: readDeployment(later.outputs, poolId), now: later.now };
    },
    [Symbol.dispose]: () => {
      dynamo.destroy();
      cognito.destroy();
    },
  };
};
