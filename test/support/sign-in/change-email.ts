/** Gives a user another address, as an administrator does. */
import { AdminUpdateUserAttributesCommand } from '@aws-sdk/client-cognito-identity-provider';
import { mailableAddress } from '../../../shared/domain/address.ts';
import type { TestSystem, TestUser } from '../system/local-system.ts';

/** The user with this verified address from now on. Its mails may go to another spelling of it. */
export const changeEmail = async (
  { client }: Pick<TestSystem, 'client'>,
  user: TestUser,
  email: string,
): Promise<TestUser> => {
  const UserAttributes = [
    { Name: 'email', Value: email },
    { Name: 'email_verified', Value: 'true' },
  ];
  const change = { UserPoolId: user.poolId, Username: user.username, UserAttributes };
  await client.send(new AdminUpdateUserAttributesCommand(change));
  return { ...user, username: email, email: mailableAddress(email) ?? email };
};
