/** Signs users in and refreshes by AWS's own SDK: the other device of a user, or one of whom only the tokens matter. */
import {
  type AuthenticationResultType,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { signIn } from '../../../commands/sign-in/sign-in-flow.ts';
import { type TestSystem, type TestUser, waitForCode } from '../../support/system/local-system.ts';

/** The code is in the user's mail of this number. */
export const signInBySdk = async (
  system: TestSystem,
  user: TestUser,
  mail = 1,
): Promise<AuthenticationResultType> => {
  const result = await signIn(system.client, user, {
    code: async () => ({ answer: await waitForCode(system, user, mail) }),
    newPassword: () => Promise.reject(new Error('The password is not a temporary one')),
  });
  if (result.kind === 'refused') throw new Error(result.reason);
  return result.tokens;
};

export const refreshBySdk = async (
  { client, clientId }: TestSystem,
  { RefreshToken = '' }: AuthenticationResultType,
): Promise<AuthenticationResultType> => {
  const { AuthenticationResult = {} } = await client.send(
    new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: RefreshToken },
    }),
  );
  return AuthenticationResult;
};
