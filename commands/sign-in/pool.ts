/** Finds the pool that `npm run sign-in` signs in to. */
import { type Connection, connect } from '../common/connect.ts';
import type { PoolChoice } from './options.ts';

export interface SignInPool extends Pick<Connection<never>, 'settings' | 'inbox'> {
  readonly poolId: string;
  readonly clientId: string;
}

/** Without these, the SDK would look for AWS credentials. A sign-in needs none, because Cognito accepts its calls unsigned. */
const ANONYMOUS = { accessKeyId: 'anonymous', secretAccessKey: 'anonymous' };

/** Throws `CommandError` if the local system does not run. */
export const openPool = async (choice: PoolChoice): Promise<SignInPool> => {
  if (choice.kind === 'deployed') {
    const { region, poolId, clientId } = choice;
    return { poolId, clientId, settings: { region, credentials: ANONYMOUS } };
  }
  const { outputs, ...connection } = await connect(choice, ['UserPoolId', 'UserPoolClientId']);
  return { ...connection, poolId: outputs.UserPoolId, clientId: outputs.UserPoolClientId };
};
