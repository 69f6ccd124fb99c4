import 'aws-sdk-client-mock-vitest/extend';
import {
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
  InvalidParameterException,
  ListUsersCommand,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createPoolUsers } from '../../../../commands/pool/pool-users.ts';

describe('the users of a pool', () => {
  const cognito = mockClient(CognitoIdentityProviderClient);
  afterEach(() => cognito.reset());
  afterAll(() => cognito.restore());
  const users = createPoolUsers(new CognitoIdentityProviderClient({ region: 'eu-west-1' }), 'eu-west-1_a');
  const failure = { $metadata: {}, message: 'no' };

  it('are listed without their addresses', async () => {
    cognito.on(ListUsersCommand).resolves({ Users: [{ Username: 'ann' }], PaginationToken: 'next' });

    expect(await users.page('token')).toEqual({ usernames: ['ann'], next: 'next' });
    expect(cognito).toHaveReceivedCommandWith(ListUsersCommand, {
      UserPoolId: 'eu-west-1_a',
      AttributesToGet: ['sub'],
      Limit: 60,
      PaginationToken: 'token',
    });
  });

  it('go on where Cognito knows the token, and only a wrong token is a forgotten one', async () => {
    cognito.on(ListUsersCommand).rejects(new InvalidParameterException(failure));

    expect(await users.page('old')).toBeUndefined();
    await expect(users.page(undefined)).rejects.toThrow(InvalidParameterException);
  });

  it('are signed out in all clients, and one who is gone is signed out', async () => {
    cognito
      .on(AdminUserGlobalSignOutCommand, { Username: 'gone' })
      .rejects(new UserNotFoundException(failure))
      .on(AdminUserGlobalSignOutCommand, { Username: 'bad' })
      .rejects(new InvalidParameterException(failure));

    await users.signOut('ann');
    await users.signOut('gone');

    expect(cognito).toHaveReceivedCommandWith(AdminUserGlobalSignOutCommand, {
      UserPoolId: 'eu-west-1_a',
      Username: 'ann',
    });
    await expect(users.signOut('bad')).rejects.toThrow(InvalidParameterException);
  });
});
