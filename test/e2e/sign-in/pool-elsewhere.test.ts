import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeUserPoolCommand,
  InitiateAuthCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn } from '../../../commands/sign-in/sign-in-flow.ts';
import { typingPerson } from '../../support/sign-in/typing-person.ts';
import {
  createUser,
  mailsTo,
  PASSWORD,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  type TestUser,
  waitForCode,
} from '../../support/system/local-system.ts';

// A pool that no template here has, with a client that asks for the password alone, as there are many.

let system: TestSystem;
let elsewhere: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
  const { UserPool } = await system.client.send(
    new CreateUserPoolCommand({
      PoolName: 'shop',
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
      AutoVerifiedAttributes: ['email'],
    }),
  );
  const { UserPoolClient } = await system.client.send(
    new CreateUserPoolClientCommand({
      UserPoolId: UserPool?.Id,
      ClientName: 'web',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    }),
  );
  elsewhere = { ...system, poolId: UserPool?.Id ?? '', clientId: UserPoolClient?.ClientId ?? '' };
});
afterAll(() => stopTestSystem(system));

const byPassword = ({ clientId, username }: TestUser) =>
  system.client.send(
    new InitiateAuthCommand({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: clientId,
      AuthParameters: { USERNAME: username, PASSWORD },
    }),
  );

/** The triggers of the template's pool, put into the other one. */
const attach = async (): Promise<void> => {
  const { UserPool } = await system.client.send(new DescribeUserPoolCommand({ UserPoolId: system.poolId }));
  await system.client.send(
    new UpdateUserPoolCommand({
      UserPoolId: elsewhere.poolId,
      LambdaConfig: UserPool?.LambdaConfig,
      AutoVerifiedAttributes: ['email'],
    }),
  );
};

describe('a pool that the API has made', () => {
  it('gives tokens for the password alone, until it has the triggers: then it asks for the code', async () => {
    const user = await createUser(elsewhere);
    const { AuthenticationResult } = await byPassword(user);
    expect(decodeJwt(AuthenticationResult?.IdToken ?? '').email_otp).toBeUndefined();

    await attach();

    await expect(byPassword(user)).rejects.toMatchObject({ name: 'UserLambdaValidationException' });
    const result = await signIn(
      system.client,
      user,
      typingPerson(() => waitForCode(system, user)),
    );
    expect(result).toMatchObject({ kind: 'signedIn' });
    expect(mailsTo(system, user)).toHaveLength(1);
    const { tokens } = result as Extract<typeof result, { kind: 'signedIn' }>;
    expect(decodeJwt(tokens.IdToken ?? '').email_otp).toBe('verified');
  });

  it('refuses the password alone once its client is closed', async () => {
    const user = await createUser(elsewhere);
    await system.client.send(
      new UpdateUserPoolClientCommand({
        UserPoolId: elsewhere.poolId,
        ClientId: elsewhere.clientId,
        ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      }),
    );

    await expect(byPassword(user)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'USER_PASSWORD_AUTH flow not enabled for this client',
    });
  });
});
