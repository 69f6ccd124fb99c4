/** Calls the user pool's administration API at the local endpoint. */
import { requestJson } from '../../../web/kit/http.ts';

export type ListedStatus = 'CONFIRMED' | 'FORCE_CHANGE_PASSWORD' | 'RESET_REQUIRED';

export interface ListedUser {
  readonly username: string;
  /** The id of the user in the audit trail. */
  readonly sub: string;
  /** The address with which the user signs in; the username if there is no address. */
  readonly email: string;
  readonly status: ListedStatus;
  readonly enabled: boolean;
  /** The language that the user wants, as a BCP 47 tag; '' if the pool has none. */
  readonly locale: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

export type PasswordKind = 'temporary' | 'permanent';

/** Each call rejects with a RequestError that has the exception's name. */
export interface CognitoUsers {
  /** Newest first. */
  list(): Promise<readonly ListedUser[]>;
  create(email: string, password: string, kind: PasswordKind): Promise<void>;
  setPassword(username: string, password: string, kind: PasswordKind): Promise<void>;
  setEnabled(username: string, enabled: boolean): Promise<void>;
  /** '' removes it. */
  setLocale(username: string, locale: string): Promise<void>;
  remove(username: string): Promise<void>;
}

interface CognitoUser {
  readonly Username: string;
  readonly UserStatus: ListedStatus;
  readonly Enabled: boolean;
  /** Epoch seconds. */
  readonly UserCreateDate: number;
  readonly Attributes?: readonly { readonly Name: string; readonly Value: string }[];
}

interface UserPage {
  readonly Users: readonly CognitoUser[];
  readonly PaginationToken?: string;
}

const readUser = ({
  Username,
  UserStatus,
  Enabled,
  UserCreateDate,
  Attributes = [],
}: CognitoUser): ListedUser => {
  const textOf = (name: string) => Attributes.find(({ Name }) => Name === name)?.Value;
  const attribute = (name: string) => textOf(name) ?? Username;
  return {
    username: Username,
    sub: attribute('sub'),
    email: attribute('email'),
    status: UserStatus,
    enabled: Enabled,
    locale: textOf('locale') ?? '',
    createdAt: UserCreateDate * 1000,
  };
};

const call = <Answer>(operation: string, input: object): Promise<Answer> =>
  requestJson<Answer>('./', {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify(input),
  });

const listAll = async (UserPoolId: string): Promise<readonly ListedUser[]> => {
  const users: ListedUser[] = [];
  let page: UserPage | undefined;
  do {
    const token = page?.PaginationToken;
    page = await call<UserPage>('ListUsers', { UserPoolId, ...(token && { PaginationToken: token }) });
    users.push(...page.Users.map(readUser));
  } while (page.PaginationToken !== undefined);
  return users.toReversed();
};

export const createCognitoUsers = (UserPoolId: string): CognitoUsers => {
  const setPassword = async (Username: string, Password: string, kind: PasswordKind): Promise<void> => {
    await call('AdminSetUserPassword', { UserPoolId, Username, Password, Permanent: kind === 'permanent' });
  };
  return {
    list: () => listAll(UserPoolId),
    setPassword,
    create: async (email, password, kind) => {
      await call('AdminCreateUser', {
        UserPoolId,
        Username: email,
        TemporaryPassword: password,
        MessageAction: 'SUPPRESS',
        UserAttributes: [
          { Name: 'email', Value: email },
          { Name: 'email_verified', Value: 'true' },
        ],
      });
      if (kind === 'permanent') await setPassword(email, password, kind);
    },
    setLocale: async (Username, locale) => {
      if (locale === '') {
        await call('AdminDeleteUserAttributes', { UserPoolId, Username, UserAttributeNames: ['locale'] });
        return;
      }
      const UserAttributes = [{ Name: 'locale', Value: locale }];
      await call('AdminUpdateUserAttributes', { UserPoolId, Username, UserAttributes });
    },
    remove: async (Username) => {
      await call('AdminDeleteUser', { UserPoolId, Username });
    },
    setEnabled: async (Username, enabled) => {
      await call(enabled ? 'AdminEnableUser' : 'AdminDisableUser', { UserPoolId, Username });
    },
  };
};
