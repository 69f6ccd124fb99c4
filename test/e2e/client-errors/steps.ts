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
import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { provePassword, type Step } from '../../../commands/sign-in/sign-in-flow.ts';
import { clientSettings } from '../../../local/system.ts';
import { challengeKey } from '../../../shared/table/table.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import { hadWrongCodes, userRecordOf } from '../../support/sign-in/earlier-sign-ins.ts';
import type { Answered } from '../../support/sign-in/invoke.ts';
import {
  createUser,
  PASSWORD,
  type TestSystem,
  type TestUser,
  userIdOf,
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

/** A user with a name, who has to choose a password, in a pool where an address is not needed. */
export const invited = async (system: TestSystem, username: string, email?: string): Promise<TestUser> => {
  const { client, poolId, clientId } = system;
  const UserAttributes = email === undefined ? [] : [{ Name: 'email', Value: email }];
  const user = { UserPoolId: poolId, Username: username, TemporaryPassword: PASSWORD, UserAttributes };
  await client.send(new AdminCreateUserCommand(user));
  return { email: email ?? '', username, password: PASSWORD, poolId, clientId };
};

/** The same, with a password that the user has chosen. */
export const named = async (system: TestSystem, username: string, email?: string): Promise<TestUser> => {
  const user = await invited(system, username, email);
  const chosen = { UserPoolId: user.poolId, Username: username, Password: PASSWORD, Permanent: true };
  await system.client.send(new AdminSetUserPasswordCommand(chosen));
  return user;
};

/** Proves the temporary password and chooses another one, which `responses` can replace. */
export const choosePassword = async (
  system: TestSystem,
  user: TestUser,
  responses: Readonly<Record<string, string>>,
): Promise<Step> => {
  const step = await provePassword(system.client, user);
  const USERNAME = step.ChallengeParameters?.USER_ID_FOR_SRP ?? '';
  return respond(system, step, { USERNAME, NEW_PASSWORD: 'Passw0rd-9', ...responses });
};

/** Deletes the challenge of a user's sign-in, as its time to live does in the end. */
export const deleteChallenge = async (system: TestSystem, user: TestUser): Promise<void> => {
  await system.idle();
  const { latest } = await userRecordOf(system, user);
  if (latest === undefined) throw new Error('The user is not signing in');
  const Key = challengeKey(await userIdOf(system, user), latest.challengeId);
  const database = new DynamoDBClient(clientSettings(system.url));
  await database.send(new DeleteItemCommand({ TableName: system.outputs.TableName, Key }));
};

/** Throws the error of a function as Cognito passes it on to the client. */
export const asTriggerFails = async (trigger: string, call: () => Promise<Answered>): Promise<never> => {
  const { payload } = await call();
  const error = new Error(`${trigger} failed with error ${payload.errorMessage}.`);
  throw Object.assign(error, { name: 'UserLambdaValidationException' });
};

export const whileTheTableIsDown = async <T>(system: TestSystem, call: () => Promise<T>): Promise<T> => {
  system.faults.set({ dynamoDbDown: true });
  return call().finally(() => system.faults.set({ dynamoDbDown: false }));
};
