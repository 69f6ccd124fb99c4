/** Signs users in and refreshes by AWS's own SDK: the other device of a user, or one of whom only the tokens matter. */
import {
  type AuthenticationResultType,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { provePassword } from '../../../commands/sign-in/sign-in-flow.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import { type TestSystem, type TestUser, waitForCode } from '../../support/system/local-system.ts';

/** The code is in the user's mail of this number. */
export const signInBySdk = async (
  system: TestSystem,
  user: TestUser,
  mail = 1,
): Promise<AuthenticationResultType> => {
  const asked = await provePassword(system.client, user);
  const code = await waitForCode(system, user, mail);
  const { AuthenticationResult = {} } = await answerCode(system.client, user, asked, code);
  return AuthenticationResult;
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
