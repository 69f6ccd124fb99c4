/** Creates whom the start says that one can sign in with: the users of a file, or else a demo user in each pool. */
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { type DemoUser, ensureDemoUser } from '../../demo-user.ts';
import { record } from '../../engines/cognito/properties.ts';
import type { LocalOtp } from '../app.ts';
import { seedUsers } from './seed-users.ts';
import { readUsersFile, type UsersPool } from './users-file.ts';

/** Whom one can sign in with, and where: `otp` is the id of the `EmailOtp`. */
export type OfferedUsers =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'demo'; readonly user: DemoUser; readonly otp: string }
  | {
      readonly kind: 'file';
      /** The first one of the file. */
      readonly username: string;
      readonly otp: string;
      readonly created: number;
      readonly kept: number;
    };

/** The rules of an app's pool may have no place for the demo user, which is no reason not to start. */
export const createDemoUsers = async (
  client: CognitoIdentityProviderClient,
  otps: readonly Pick<LocalOtp, 'id' | 'outputs'>[],
  user: DemoUser,
  say: (text: string) => void,
): Promise<OfferedUsers> => {
  const having: string[] = [];
  for (const { id, outputs } of otps) {
    try {
      await ensureDemoUser(client, outputs.UserPoolId ?? '', user);
      having.push(id);
    } catch (error) {
      say(
        `There is no demo user for ${id}: ${(error as Error).message}. Bring users of your own with --users`,
      );
    }
  }
  const [otp] = having;
  return otp === undefined ? { kind: 'nobody' } : { kind: 'demo', user, otp };
};

const poolOf = ({ id, path, outputs, template }: LocalOtp): UsersPool => {
  const { properties = {} } =
    template.ofType('AWS::Cognito::UserPool').find(({ names }) => names.ref === outputs.UserPoolId) ?? {};
  const { UsernameAttributes = [], UsernameConfiguration } = properties;
  return {
    id,
    path,
    signsInWithEmail: Array.isArray(UsernameAttributes) && UsernameAttributes.length > 0,
    ignoresCase: record(UsernameConfiguration).CaseSensitive === false,
  };
};

/** Throws `CommandError` with what is wrong with the file, or what a pool refuses of it. */
export const createUsersOf = async (
  client: CognitoIdentityProviderClient,
  otps: readonly LocalOtp[],
  file: string,
): Promise<OfferedUsers> => {
  const users = readUsersFile(file, otps.map(poolOf));
  const ids = new Map(otps.map(({ id, outputs }) => [id, outputs.UserPoolId ?? '']));
  const counts = await seedUsers(client, users, (otp) => ids.get(otp) ?? '');
  const [first] = users;
  if (first === undefined) return { kind: 'nobody' };
  return { kind: 'file', ...counts, username: first.username, otp: first.otp };
};
