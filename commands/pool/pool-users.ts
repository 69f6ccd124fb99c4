/** The users of a pool, to be signed out. Of a user it asks for the name and the sub alone. */
import {
  AdminUserGlobalSignOutCommand,
  type CognitoIdentityProviderClient,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';

export interface UserPage {
  readonly usernames: readonly string[];
  /** The token of the next page; undefined on the last one. */
  readonly next: string | undefined;
}

export interface PoolUsers {
  /** Without a token the first page. Returns undefined if Cognito does not know the token any more. */
  page(token: string | undefined): Promise<UserPage | undefined>;
  /** A user who was deleted in the meantime has no session either. */
  signOut(username: string): Promise<void>;
}

/** The most that Cognito lists at once. */
const PAGE = 60;

const isCalled = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;

export const createPoolUsers = (client: CognitoIdentityProviderClient, poolId: string): PoolUsers => ({
  page: async (token) => {
    try {
      const { Users = [], PaginationToken } = await client.send(
        // Every user has a sub; without a list, Cognito would send the addresses too, which nobody here needs.
        new ListUsersCommand({
          UserPoolId: poolId,
          AttributesToGet: ['sub'],
          Limit: PAGE,
          PaginationToken: token,
        }),
      );
      return { usernames: Users.map(({ Username = '' }) => Username), next: PaginationToken };
    } catch (error) {
      if (token !== undefined && isCalled(error, 'InvalidParameterException')) return undefined;
      throw error;
    }
  },
  signOut: async (username) => {
    try {
      await client.send(new AdminUserGlobalSignOutCommand({ UserPoolId: poolId, Username: username }));
    } catch (error) {
      if (!isCalled(error, 'UserNotFoundException')) throw error;
    }
  },
});
