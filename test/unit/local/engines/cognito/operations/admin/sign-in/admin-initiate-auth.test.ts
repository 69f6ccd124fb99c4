import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../../../../../local/ground/service.ts';
import {
  ANSWER,
  addUser,
  awsError,
  CLIENT_ID,
  createFixture,
  EMAIL,
  INCORRECT,
  PASSWORD,
  POOL_ID,
  signIn,
} from '../../../fixture.ts';

/** A pool whose sign-ins all go through a server. */
const startServer = async (client: JsonObject = {}, { UserPoolId = POOL_ID } = {}) => {
  const fixture = createFixture({ client });
  await addUser(fixture);
  const server: Pick<typeof fixture, 'call'> = {
    call: (operation, input) => fixture.call(`Admin${operation}`, { UserPoolId, ...input }),
  };
  return { ...fixture, server };
};

describe('a server', () => {
  test('signs a user in by password and code', async () => {
    const { server, call, triggers } = await startServer();

    const { AccessToken } = await signIn(server);

    expect(await call('GetUser', { AccessToken })).toHaveProperty('Username');
    expect(triggers()).toContain('VerifyAuthChallengeResponse');
  });

  test('refreshes tokens', async () => {
    const { server } = await startServer();
    const { RefreshToken } = await signIn(server);

    const refreshed = await server.call('InitiateAuth', {
      ClientId: CLIENT_ID,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: RefreshToken },
    });

    expect(refreshed).toHaveProperty('AuthenticationResult.AccessToken');
  });

  test('learns no more of unknown users than other clients', async () => {
    const { server } = await startServer();

    await expect(signIn(server, 'nobody@example.com')).rejects.toMatchObject(INCORRECT);
  });

  const begin = {
    ClientId: CLIENT_ID,
    AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: EMAIL, PASSWORD },
  };

  test('cannot sign a user in by the password alone, unless the client allows it', async () => {
    const { server } = await startServer();

    await expect(server.call('InitiateAuth', begin)).rejects.toMatchObject(
      awsError('InvalidParameterException', 'Auth flow not enabled for this client'),
    );
  });

  test('is told what is not played if the client allows it', async () => {
    const { server } = await startServer({ ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH'] });

    await expect(server.call('InitiateAuth', begin)).rejects.toMatchObject(
      awsError('InvalidParameterException', /not implemented by the local user pool/),
    );
  });

  test.each<[string, JsonObject]>([
    ['InitiateAuth', { ...begin, AuthFlow: 'CUSTOM_AUTH' }],
    [
      'RespondToAuthChallenge',
      { ClientId: CLIENT_ID, ChallengeName: 'CUSTOM_CHALLENGE', ChallengeResponses: { ANSWER } },
    ],
  ])('reaches only pools and clients that are there (%s)', async (operation, request) => {
    const { call } = await startServer();
    const unknown = { code: 'ResourceNotFoundException' };

    await expect(
      call(`Admin${operation}`, { ...request, UserPoolId: 'eu-central-1_Other' }),
    ).rejects.toMatchObject(unknown);
    await expect(
      call(`Admin${operation}`, { ...request, UserPoolId: POOL_ID, ClientId: 'unknown' }),
    ).rejects.toMatchObject(unknown);
  });
});
