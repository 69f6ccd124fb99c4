/** The tokens of sign-ins with a code and without one, and of refreshes, with what our claim in them says. */
import {
  type AuthenticationResultType,
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { provePassword } from '../../../commands/sign-in/sign-in-flow.ts';
import { answerCode } from '../sign-in/answer-code.ts';
import { mailsTo, type TestSystem, type TestUser, waitForCode } from '../system/local-system.ts';

type Tokens = AuthenticationResultType;
type Where = Pick<TestSystem, 'client' | 'received'>;

/** Signs in with the password alone. */
export const byPassword = async (
  { client }: Pick<Where, 'client'>,
  { clientId, username, password }: TestUser,
): Promise<Tokens> => {
  const { AuthenticationResult = {} } = await client.send(
    new InitiateAuthCommand({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: clientId,
      AuthParameters: { USERNAME: username, PASSWORD: password },
    }),
  );
  return AuthenticationResult;
};

export const byCode = async (system: Where, user: TestUser): Promise<Tokens> => {
  const mails = mailsTo(system, user).length;
  const step = await provePassword(system.client, user);
  const code = await waitForCode(system, user, mails + 1);
  return (await answerCode(system.client, user, step, code)).AuthenticationResult ?? {};
};

export const refresh = async (
  { client }: Pick<Where, 'client'>,
  { clientId }: TestUser,
  RefreshToken: string | undefined,
): Promise<Tokens> => {
  const command = new GetTokensFromRefreshTokenCommand({ ClientId: clientId, RefreshToken });
  return (await client.send(command)).AuthenticationResult ?? {};
};

export const claimOf = ({ IdToken = '' }: Tokens): unknown => decodeJwt(IdToken).email_otp;

/** Refreshes twice, the second time with the token that the first gave, if it gave one. */
export const refreshTwice = async (system: Where, user: TestUser, token: string | undefined) => {
  const first = await refresh(system, user, token);
  const second = await refresh(system, user, first.RefreshToken ?? token);
  const newest = second.RefreshToken ?? token ?? '';
  return { claims: [claimOf(first), claimOf(second)], rotates: newest !== token, newest };
};
