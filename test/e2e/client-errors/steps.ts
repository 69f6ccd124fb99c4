/** What apps, users and administrators do, in the cases of `error-cases.ts`. */
import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminSetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  type AuthenticationResultType,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  InitiateAuthCommand,
  type InitiateAuthCommandInput,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { provePassword, type Step } from '../../../commands/sign-in/sign-in-flow.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import { hadWrongCodes } from '../../support/sign-in/earlier-sign-ins.ts';
import {
  createUser,
  PASSWORD,
  type TestSystem,
  type TestUser,
  waitForCode,
} from '../../support/system/local-system.ts';

export const MINUTE = 60_000;
export const DAY = 1440 * MINUTE;

/** Moves the clock when all mails are out: a mail under way would count the jump as time that it took. */
export const pass = async (system: TestSystem, ms: number): Promise<void> => {
  await system.idle();
  system.clock.adjust({ offsetMs: ms });
};

export const initiate = (
  { client, clientId }: TestSystem,
  input: Partial<InitiateAuthCommandInput>,
): Promise<Step> =>
  client.send(
    new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: 'CUSTOM_AUTH',
      AuthParameters: { USERNAME: 'nobody@example.com', CHALLENGE_NAME: 'SRP_A', SRP_A: 'a2' },
      ...input,
    }),
  );

export const respond = (
  { client, clientId }: TestSystem,
  { ChallengeName, Session, ChallengeParameters }: Step,
  responses: Readonly<Record<string, string>>,
): Promise<Step> =>
  client.send(
    new RespondToAuthChallengeCommand({
      ClientId: clientId,
      ChallengeName,
      Session,
      ChallengeResponses: { USERNAME: ChallengeParameters?.USERNAME ?? '', ...responses },
    }),
  );

export const disable = ({ client }: TestSystem, { poolId, username }: TestUser) =>
  client.send(new AdminDisableUserCommand({ UserPoolId: poolId, Username: username }));

/** A user who is asked for the code. */
export const asked = async (system: TestSystem) => {
  const user = await createUser(system);
  return { user, step: await provePassword(system.client, user) };
};

/** The same, with so many wrong codes before. */
export const guessing = async (system: TestSystem, wrongCodes: number) => {
  const { user, step } = await asked(system);
  await hadWrongCodes(system, user, wrongCodes);
  return { user, step, code: await waitForCode(system, user) };
};

export const signedIn = async (system: TestSystem) => {
  const { user, step } = await asked(system);
  const { AuthenticationResult = {} } = await answerCode(
    system.client,
    user,
    step,
    await waitForCode(system, user),
  );
  return { user, tokens: AuthenticationResult };
};

export const getUser = ({ client }: TestSystem, { AccessToken }: AuthenticationResultType) =>
  client.send(new GetUserCommand({ AccessToken }));
export const refresh = ({ client, clientId }: TestSystem, { RefreshToken }: AuthenticationResultType) =>
  client.send(new GetTokensFromRefreshTokenCommand({ ClientId: clientId, RefreshToken }));
export const signOutEverywhere = ({ client }: TestSystem, { poolId, username }: TestUser) =>
  client.send(new AdminUserGlobalSignOutCommand({ UserPoolId: poolId, Username: username }));

/** A user with a name, in a pool where an address is not needed. */
export const named = async (system: TestSystem, username: string, email?: string): Promise<TestUser> => {
  const { client, poolId, clientId } = system;
  const user = { UserPoolId: poolId, Username: username };
  const UserAttributes = email === undefined ? [] : [{ Name: 'email', Value: email }];
  await client.send(new AdminCreateUserCommand({ ...user, UserAttributes }));
  await client.send(new AdminSetUserPasswordCommand({ ...user, Password: PASSWORD, Permanent: true }));
  return { email: email ?? '', username, password: PASSWORD, poolId, clientId };
};

export const whileTheTableIsDown = async (
  system: TestSystem,
  call: () => Promise<unknown>,
): Promise<unknown> => {
  system.faults.set({ dynamoDbDown: true });
  return call().finally(() => system.faults.set({ dynamoDbDown: false }));
};
