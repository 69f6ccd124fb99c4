/** Creates a user for trying the sign-in, in the local system only. */
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  type CognitoIdentityProviderClient,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';

export const DEMO_USER = { username: 'demo@example.com', password: 'correct-horse' } as const;

/** Creates the demo user if there is none. An existing one keeps its password. */
export const ensureDemoUser = async (
  client: CognitoIdentityProviderClient,
  poolId: string,
): Promise<void> => {
  const user = { UserPoolId: poolId, Username: DEMO_USER.username };
  try {
    await client.send(
      new AdminCreateUserCommand({
        ...user,
        MessageAction: 'SUPPRESS',
        UserAttributes: [
          { Name: 'email', Value: DEMO_USER.username },
          { Name: 'email_verified', Value: 'true' },
        ],
      }),
    );
  } catch (error) {
    if (error instanceof UsernameExistsException) return;
    throw error;
  }
  await client.send(
    new AdminSetUserPasswordCommand({ ...user, Password: DEMO_USER.password, Permanent: true }),
  );
};
