/** Creates a user for trying the sign-in, in the local system only. */
import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  type CognitoIdentityProviderClient,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import { record } from './engines/cognito/properties.ts';
import type { Template } from './ground/template.ts';

export interface DemoUser {
  readonly username: string;
  readonly password: string;
}

/** For this repository's own stack. */
export const DEMO_USER: DemoUser = { username: 'demo@example.com', password: 'correct-horse' };

/** For the pools of apps: without a policy of their own they require every kind of character. */
export const APP_DEMO_USER: DemoUser = { ...DEMO_USER, password: 'Correct-horse-1' };

/** Returns the demo user with a password that is long enough for each pool of the template. */
export const demoUserFitting = ({ username, password }: DemoUser, template: Template): DemoUser => {
  const lengths = template
    .ofType('AWS::Cognito::UserPool')
    .map(({ properties }) => Number(record(record(properties.Policies).PasswordPolicy).MinimumLength ?? 0));
  return { username, password: password.padEnd(Math.max(0, ...lengths), '-battery-staple') };
};

/** Whether the user has been created and has not got a lasting password. */
export const neverGotPassword = (status: string | undefined): boolean => status === 'FORCE_CHANGE_PASSWORD';

/** Creates the demo user if there is none. An existing one keeps its password, unless it never got one. */
export const ensureDemoUser = async (
  client: CognitoIdentityProviderClient,
  poolId: string,
  { username, password }: DemoUser = DEMO_USER,
): Promise<void> => {
  const user = { UserPoolId: poolId, Username: username };
  try {
    await client.send(
      new AdminCreateUserCommand({
        ...user,
        MessageAction: 'SUPPRESS',
        UserAttributes: [
          { Name: 'email', Value: username },
          { Name: 'email_verified', Value: 'true' },
        ],
        // If the password is refused, there must be no user.
        TemporaryPassword: password,
      }),
    );
  } catch (error) {
    if (!(error instanceof UsernameExistsException)) throw error;
    const { UserStatus } = await client.send(new AdminGetUserCommand(user));
    if (!neverGotPassword(UserStatus)) return;
  }
  await client.send(new AdminSetUserPasswordCommand({ ...user, Password: password, Permanent: true }));
};
