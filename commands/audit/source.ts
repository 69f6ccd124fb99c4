/** Where `npm run audit` reads: the local system's table and pool, or those of a deployed stack. */
import { resolve } from 'node:path';
import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { GuardLimits } from '../../shared/domain/policy.ts';
import { parseGuardLimits } from '../../shared/messages/guard-limits.ts';
import { createGuardStore, type GuardStore } from '../../shared/table/guard-store.ts';
import { createTrail, type Trail } from '../../shared/table/trail.ts';
import { findRunningSystem } from '../common/connect.ts';
import type { Source } from '../common/source.ts';
import { readStackOutputs } from '../common/stack-outputs.ts';

export interface AuditSource extends Disposable {
  readonly trail: Trail;
  readonly guards: Pick<GuardStore, 'readGuard'>;
  readonly limits: GuardLimits;
  /** The time as the service sees it, in epoch milliseconds. */
  readonly now: number;
  /** The user's sub; undefined where the pool has no such user. */
  findUser(username: string): Promise<string | undefined>;
}

type ClientSettings = ConstructorParameters<typeof DynamoDBClient>[0];

interface Place {
  readonly poolId: string;
  readonly tableName: string;
  /** As in the output. */
  readonly guardLimits: string;
}

const openPlace = (
  settings: ClientSettings,
  { poolId, tableName, guardLimits }: Place,
  now: number,
): AuditSource => {
  const dynamo = new DynamoDBClient(settings ?? {});
  const cognito = new CognitoIdentityProviderClient(settings ?? {});
  return {
    trail: createTrail(dynamo, tableName),
    guards: createGuardStore(dynamo, tableName),
    limits: parseGuardLimits(guardLimits),
    now,
    findUser: async (username) => {
      try {
        const user = await cognito.send(new AdminGetUserCommand({ UserPoolId: poolId, Username: username }));
        return user.UserAttributes?.find(({ Name }) => Name === 'sub')?.Value;
      } catch (error) {
        if (error instanceof UserNotFoundException) return undefined;
        throw error;
      }
    },
    [Symbol.dispose]: () => {
      dynamo.destroy();
      cognito.destroy();
    },
  };
};

/** `root` is the project's folder. Throws `NotRunningError`, `UsageError`, and what AWS refuses. */
export const openAuditSource = async (source: Source, root: string): Promise<AuditSource> => {
  if (source.kind === 'local') {
    const { settings, outputs, now } = await findRunningSystem(resolve(root, source.folder), [
      'poolId',
      'tableName',
      'guardLimits',
    ]);
    return openPlace(settings, outputs, now);
  }
  const settings = source.region === undefined ? {} : { region: source.region };
  const outputs = await readStackOutputs(settings, source.name, ['UserPoolId', 'TableName', 'GuardLimits']);
  const { UserPoolId: poolId, TableName: tableName, GuardLimits: guardLimits } = outputs;
  return openPlace(settings, { poolId, tableName, guardLimits }, Date.now());
};
