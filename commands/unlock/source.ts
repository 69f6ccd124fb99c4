/** Opens what the command `unlock` works on: the table, in the role for unlocking, and the user pool as the caller may see it. */
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { parseUserLimits } from '../../shared/messages/stack/user-limits.ts';
import { createChallengeStore } from '../../shared/table/challenge-store.ts';
import { createTrail } from '../../shared/table/trail.ts';
import type { UnlockStores } from '../../shared/table/unlock.ts';
import { createUserStore } from '../../shared/table/user-store.ts';
import { connect } from '../common/connect.ts';
import { createFindUser, type FindUser } from '../common/find-user.ts';
import type { Source } from '../common/source.ts';

export interface UnlockSource extends UnlockStores, Disposable {
  readonly findUser: FindUser;
}

/** Throws `CommandError`, and the errors of AWS. */
export const openUnlockSource = async (source: Source): Promise<UnlockSource> => {
  const role = { output: 'UnlockRoleArn', session: 'unlock' } as const;
  const names = ['UserPoolId', 'TableName', 'GuardLimits'] as const;
  const { outputs, settings, ownSettings, now } = await connect(source, names, role);
  const dynamo = new DynamoDBClient(settings);
  const cognito = new CognitoIdentityProviderClient(ownSettings);
  return {
    users: createUserStore(dynamo, outputs.TableName),
    challenges: createChallengeStore(dynamo, outputs.TableName),
    trail: createTrail(dynamo, outputs.TableName),
    limits: parseUserLimits(outputs.GuardLimits),
    now,
    findUser: createFindUser(cognito, outputs.UserPoolId),
    [Symbol.dispose]: () => {
      dynamo.destroy();
      cognito.destroy();
    },
  };
};
