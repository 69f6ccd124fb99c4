/**
 * Creates the users of `--users`. Those who are there keep their password, and the attributes that the file does not name; the
 * attributes that it names and the groups follow it.
 */
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  type CognitoIdentityProviderClient,
  CognitoIdentityProviderServiceException,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { CommandError, EXIT } from '../../../shared/command/failure.ts';
import { neverGotPassword } from '../../demo-user.ts';
import type { SeededUser } from './users-file.ts';

interface Key {
  readonly UserPoolId: string;
  readonly Username: string;
}

const toList = (attributes: SeededUser['attributes']) =>
  Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));

/** The attributes and the status of a user who exists, or undefined. */
const find = async (client: CognitoIdentityProviderClient, key: Key) => {
  try {
    const { UserAttributes = [], UserStatus } = await client.send(new AdminGetUserCommand(key));
    return {
      attributes: new Map(UserAttributes.map(({ Name, Value }) => [Name, Value])),
      status: UserStatus,
    };
  } catch (error) {
    if (error instanceof UserNotFoundException) return undefined;
    throw error;
  }
};

const create = async (client: CognitoIdentityProviderClient, key: Key, user: SeededUser): Promise<void> => {
  const { password, temporary, attributes } = user;
  const UserAttributes = toList(attributes);
  await client.send(
    new AdminCreateUserCommand({
      ...key,
      MessageAction: 'SUPPRESS',
      UserAttributes,
      // Also for a password that stays: if it is refused, there must be no user, who would keep another at the next start.
      TemporaryPassword: password,
    }),
  );
  if (!temporary) await setPassword(client, key, password);
};

const setPassword = (client: CognitoIdentityProviderClient, key: Key, password: string) =>
  client.send(new AdminSetUserPasswordCommand({ ...key, Password: password, Permanent: true }));

type Found = NonNullable<Awaited<ReturnType<typeof find>>>;

/** A user who never got a lasting password gets the one of the file: an earlier start may have ended in between. */
const update = async (
  client: CognitoIdentityProviderClient,
  key: Key,
  { password, temporary, attributes }: SeededUser,
  found: Found,
): Promise<void> => {
  const UserAttributes = toList(attributes).filter(({ Name, Value }) => found.attributes.get(Name) !== Value);
  if (UserAttributes.length > 0) {
    await client.send(new AdminUpdateUserAttributesCommand({ ...key, UserAttributes }));
  }
  if (!temporary && neverGotPassword(found.status)) await setPassword(client, key, password);
};

const setGroups = async (
  client: CognitoIdentityProviderClient,
  key: Key,
  wanted: readonly string[],
): Promise<void> => {
  const { Groups = [] } = await client.send(new AdminListGroupsForUserCommand(key));
  const present = Groups.map(({ GroupName = '' }) => GroupName);
  for (const GroupName of wanted.filter((name) => !present.includes(name))) {
    await client.send(new AdminAddUserToGroupCommand({ ...key, GroupName }));
  }
  for (const GroupName of present.filter((name) => !wanted.includes(name))) {
    await client.send(new AdminRemoveUserFromGroupCommand({ ...key, GroupName }));
  }
};

const seed = async (
  client: CognitoIdentityProviderClient,
  key: Key,
  user: SeededUser,
): Promise<keyof SeededCounts> => {
  const found = await find(client, key);
  if (found === undefined) await create(client, key, user);
  else await update(client, key, user, found);
  await setGroups(client, key, user.groups);
  return found === undefined ? 'created' : 'kept';
};

/** How many users are new, and how many were there. */
export interface SeededCounts {
  readonly created: number;
  readonly kept: number;
}

/**
 * `poolIdOf` returns the pool of the `EmailOtp` with this id. Throws `CommandError` with what Cognito refuses, of all users at
 * once; the others are there then.
 */
export const seedUsers = async (
  client: CognitoIdentityProviderClient,
  users: readonly SeededUser[],
  poolIdOf: (otp: string) => string,
): Promise<SeededCounts> => {
  const problems: string[] = [];
  const counts = { created: 0, kept: 0 };
  for (const user of users) {
    try {
      const became = await seed(client, { UserPoolId: poolIdOf(user.otp), Username: user.username }, user);
      counts[became] += 1;
    } catch (error) {
      if (!(error instanceof CognitoIdentityProviderServiceException)) throw error;
      problems.push(`${user.place} is refused by the user pool: ${error.message}`);
    }
  }
  if (problems.length > 0) throw new CommandError(`--users: ${problems.join('\n')}`, EXIT.failed);
  return counts;
};
