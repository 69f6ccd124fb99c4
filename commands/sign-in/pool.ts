/** Finds the pool that the command `sign-in` signs in to. */
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { askLocalClock, localClockAt } from '../../shared/clock/local-clock.ts';
import {
  comparedTo,
  comparedToDate,
  createServiceClock,
  type ServiceClock,
} from '../../shared/clock/service-clock.ts';
import { connectLocal } from '../common/connect.ts';
import { AT_RESPONSE, notingDates } from '../common/response-date.ts';
import type { DeployedPool, PoolChoice } from './options.ts';

export interface SignInPool {
  readonly poolId: string;
  readonly clientId: string;
  readonly cognito: CognitoIdentityProviderClient;
  readonly clock: ServiceClock;
  /** The page with the local system's mails; a deployed pool has none. */
  readonly inbox?: string;
}

/** Without these, the SDK would look for AWS credentials. A sign-in needs none, because Cognito accepts its calls unsigned. */
const ANONYMOUS = { accessKeyId: 'anonymous', secretAccessKey: 'anonymous' };

/** The clock follows the dates of Cognito's own responses, so it needs no call. */
const openDeployed = ({ region, poolId, clientId }: DeployedPool): SignInPool => {
  const cognito = new CognitoIdentityProviderClient({ region, credentials: ANONYMOUS });
  let last = comparedToDate(undefined);
  const note = (date: string | undefined) => {
    last = comparedToDate(date);
  };
  cognito.middlewareStack.add(notingDates(note), AT_RESPONSE);
  return { poolId, clientId, cognito, clock: createServiceClock(async () => last) };
};

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
    clock: createServiceClock(async () => comparedTo(await askLocalClock(localClockAt(endpoint)))),
    inbox,
  };
};
