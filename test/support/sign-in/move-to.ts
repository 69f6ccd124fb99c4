/** Changes a user's address, as an operator or the user's own app does. */
import { AdminUpdateUserAttributesCommand } from '@aws-sdk/client-cognito-identity-provider';
import { mailableAddress } from '../../../shared/domain/address.ts';
import type { TestSystem, TestUser } from '../system/local-system.ts';

/** Returns the user with the new address, which is the user name from now on. */
export const moveTo = async ({ client }: TestSystem, user: TestUser, email: string): Promise<TestUser> => {
  const UserAttributes = [
    { Name: 'email', Value: email },
    { Name: 'email_verified', Value: 'true' },
  ];
  const change = { UserPoolId: user.poolId, Username: user.username, UserAttributes };
  await client.send(new AdminUpdateUserAttributesCommand(change));
  return { ...user, username: email, email: mailableAddress(email) ?? email };
};
