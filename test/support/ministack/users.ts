/** People who sign in through the stack that MiniStack runs, and their challenges in its table. */
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { vi } from 'vitest';
import {
  type Credentials,
  provePassword,
  type SignInResult,
  type Step,
  signIn,
} from '../../../commands/sign-in/sign-in-flow.ts';
import type { Challenge } from '../../../shared/domain/challenge.ts';
import { challengeKey } from '../../../shared/table/table.ts';
import { createTrail } from '../../../shared/table/trail.ts';
import { answerCode } from '../sign-in/answer-code.ts';
import { typingPerson } from '../sign-in/typing-person.ts';
import { mailsTo } from './api.ts';
import type { Ministack } from './ministack.ts';
import type { Deployment } from './stack.ts';

const MAIL_PATIENCE_MS = 20_000;

export interface DeployedUser extends Credentials {
  readonly userId: string;
}

const PASSWORD = 'Battery-staple-9';

/** A user as an administrator creates one. The user name is the address. */
export const createUser = async (
  client: CognitoIdentityProviderClient,
  { UserPoolId: poolId = '', UserPoolClientId: clientId = '' }: Deployment['outputs'],
  email: string,
): Promise<DeployedUser> => {
  const user = { UserPoolId: poolId, Username: email };
  const { User } = await client.send(
    new AdminCreateUserCommand({
      ...user,
      MessageAction: 'SUPPRESS',
      TemporaryPassword: PASSWORD,
      UserAttributes: [{ Name: 'email', Value: email }],
    }),
  );
  await client.send(new AdminSetUserPasswordCommand({ ...user, Password: PASSWORD, Permanent: true }));
  const userId = User?.Attributes?.find(({ Name }) => Name === 'sub')?.Value ?? '';
  return { poolId, clientId, username: email, password: PASSWORD, userId };
};

/** Waits for the user's mail and returns its code, which is alone on a line. */
export const codeFor = (ministack: Ministack, { username }: Pick<Credentials, 'username'>): Promise<string> =>
  vi.waitFor(
    async () => {
      const code = /^\d{6,10}$/m.exec((await mailsTo(ministack, username)).at(-1) ?? '')?.[0];
      if (code === undefined) throw new Error(`No mail with a code has arrived for ${username}`);
      return code;
    },
    { timeout: MAIL_PATIENCE_MS, interval: 100 },
  );

export const cognitoOf = ({ clients }: Ministack): CognitoIdentityProviderClient =>
  new CognitoIdentityProviderClient(clients);

/** Signs in with the password and the code of the newest mail. */
export const signInAs = (ministack: Ministack, user: DeployedUser): Promise<SignInResult> =>
  signIn(
    cognitoOf(ministack),
    user,
    typingPerson(() => codeFor(ministack, user)),
  );

/**
 * Gives the code of the newest mail once, so that the first error is seen: a client takes MiniStack's HTTP 500 for a failing trigger for
 * an answer that was lost. `onCode` is called just before the code is given.
 */
export const giveCodeOnce = async (
  ministack: Ministack,
  user: DeployedUser,
  onCode: () => void = () => {},
): Promise<Step> => {
  const cognito = cognitoOf(ministack);
  const asked = await provePassword(cognito, user);
  const code = await codeFor(ministack, user);
  onCode();
  return answerCode(cognito, user, asked, code);
};

/** Waits until the mail of the user's latest challenge is in its trail, and returns the challenge. */
export const challengeOf = (
  { clients }: Ministack,
  { outputs }: Deployment,
  { userId }: DeployedUser,
): Promise<Challenge> =>
  vi.waitFor(async () => {
    const trail = createTrail(new DynamoDBClient(clients), outputs.TableName ?? '');
    for await (const found of trail.ofUser({ userId, limit: 1 })) if (found.events['1#SENT']) return found;
    throw new Error(`The table has no mailed challenge of ${userId}`);
  }, MAIL_PATIENCE_MS);

/** Moves a challenge's expiry ten minutes into the past, so that the sweep closes it. */
export const letTimePass = async (
  { clients }: Ministack,
  { outputs }: Deployment,
  { userId, challengeId }: Challenge,
): Promise<void> => {
  await new DynamoDBClient(clients).send(
    new UpdateItemCommand({
      TableName: outputs.TableName,
      Key: challengeKey(userId, challengeId),
      UpdateExpression: 'SET expiresAt = :past',
      ExpressionAttributeValues: { ':past': { N: String(Date.now() - 10 * 60_000) } },
    }),
  );
};

/** The claims of a token. Its signature is not checked. */
export const claimsOf = (token = ''): Readonly<Record<string, unknown>> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
