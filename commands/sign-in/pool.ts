/** Finds the pool that the command `sign-in` signs in to. */
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { localClockAt } from '../../shared/clock/local-clock.ts';
import { createLocalClock, type ServiceClock } from '../../shared/clock/service-clock.ts';
import { connectLocal } from '../common/connect.ts';
import type { DeployedPool, PoolChoice } from './options.ts';

export interface SignInPool {
  readonly poolId: string;
  readonly clientId: string;
  readonly cognito: CognitoIdentityProviderClient;
  /** The service's clock, which of a deployed pool cannot be asked: there the service's answers say the time. */
  readonly clock?: ServiceClock;
  /** The page with the local system's mails; a deployed pool has none. */
  readonly inbox?: string;
}

/** Without these, the SDK would look for AWS credentials. A sign-in needs none, because Cognito accepts its calls unsigned. */
const ANONYMOUS = { accessKeyId: 'anonymous', secretAccessKey: 'anonymous' };

const openDeployed = ({ region, poolId, clientId }: DeployedPool): SignInPool => ({
  poolId,
  clientId,
  cognito: new CognitoIdentityProviderClient({ region, credentials: ANONYMOUS }),
});

/** Throws `CommandError` if the local system does not run. */
export const openPool = async (choice: PoolChoice): Promise<SignInPool> => {
  if (choice.kind === 'deployed') return openDeployed(choice);
  const { outputs, settings, endpoint, inbox } = await connectLocal(choice, [
    'UserPoolId',
    'UserPoolClientId',
  ]);
  return {
    poolId: outputs.UserPoolId,
    clientId: outputs.UserPoolClientId,
    cognito: new CognitoIdentityProviderClient(settings),
    clock: createLocalClock(localClockAt(endpoint)),
    inbox,
  };
};
