/** Finds the sub of the user that a command is about. */
import {
  AdminGetUserCommand,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { CommandError, EXIT } from '../../shared/command/failure.ts';
import type { NamedUser } from './named-user.ts';

/** Returns the user's sub, or undefined if the pool has no such user. */
export type FindUser = (username: string) => Promise<string | undefined>;

export const createFindUser =
  (client: CognitoIdentityProviderClient, poolId: string): FindUser =>
  async (username) => {
    try {
      const user = await client.send(new AdminGetUserCommand({ UserPoolId: poolId, Username: username }));
      return user.UserAttributes?.find(({ Name }) => Name === 'sub')?.Value;
    } catch (error) {
      // The bundles have no classes of the SDK's errors.
      if (error instanceof Error && error.name === 'UserNotFoundException') return undefined;
      throw error;
    }
  };

/** Throws `CommandError` if the pool has no such user, and the errors of AWS. */
export const findUserId = async (findUser: FindUser, whose: NamedUser): Promise<string> => {
  if (whose.kind === 'sub') return whose.userId;
  const userId = await findUser(whose.username);
  if (userId !== undefined) return userId;
  throw new CommandError(
    'The pool has no such user. What is kept of a user who was deleted is found with --sub.',
    EXIT.notFound,
  );
};
