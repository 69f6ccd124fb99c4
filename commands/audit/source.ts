/** Opens what the command `audit` reads: a table and a user pool. */
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { UserLimits } from '../../shared/domain/policy.ts';
import { parseUserLimits } from '../../shared/messages/stack/user-limits.ts';
import { createTrail, type Trail } from '../../shared/table/trail.ts';
import { createUserStore, type UserStore } from '../../shared/table/user-store.ts';
import { connect } from '../common/connect.ts';
import { createFindUser, type FindUser } from '../common/find-user.ts';
import type { Source } from '../common/source.ts';

export interface AuditSource extends Disposable {
  readonly trail: Trail;
  readonly users: Pick<UserStore, 'readUserRecord'>;
  readonly limits: UserLimits;
  /** The time as the service sees it, in epoch milliseconds. */
  readonly now: number;
  readonly findUser: FindUser;
}

/** Throws `CommandError`, and the errors of AWS. */
export const openAuditSource = async (source: Source): Promise<AuditSource> => {
  const { outputs, settings, now } = await connect(source, ['UserPoolId', 'TableName', 'GuardLimits']);
  const dynamo = new DynamoDBClient(settings);
  const cognito = new CognitoIdentityProviderClient(settings);
  return {
    trail: createTrail(dynamo, outputs.TableName),
    users: createUserStore(dynamo, outputs.TableName),
    limits: parseUserLimits(outputs.GuardLimits),
    now,
    findUser: createFindUser(cognito, outputs.UserPoolId),
    [Symbol.dispose]: () => {
      dynamo.destroy();
      cognito.destroy();
    },
  };
};
