/** What clients do with the settings of an app client that decide about its refresh tokens: a secret, and their rotation. */
import { DescribeUserPoolClientCommand, GetUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { Duration } from 'aws-cdk-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { synthesizeOwnPool } from '../../support/infra/own-pool-app.ts';
import {
  createUser,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  type TestUser,
  waitForCode,
} from '../../support/system/local-system.ts';
import type { Pool, TokenPair } from './client-app.ts';
import type { RunningApp } from './describe-client.ts';
import { as } from './reply.ts';
import { verifyToken } from './resource-server.ts';

interface Sessions {
  readonly secret?: boolean;
  readonly rotation?: boolean;
}

/** How long an old refresh token works. It is over before the clients refresh again, on the clock that the test moves. */
const GRACE = Duration.seconds(1);

const secretOf = async ({ client, poolId, clientId }: TestSystem): Promise<string | undefined> => {
  const asked = new DescribeUserPoolClientCommand({ UserPoolId: poolId, ClientId: clientId });
  return (await client.send(asked)).UserPoolClient?.ClientSecret;
};

/** The client is skipped unless it `isThere`. */
export const describeSessions = (
  name: string,
  isThere: boolean,
  { secret = false, rotation = false }: Sessions,
  start: (pool: Pool) => RunningApp | Promise<RunningApp>,
): void => {
  const settings = [
    ...(secret ? ['a secret'] : []),
    ...(rotation ? ['rotation of refresh tokens'] : []),
  ].join(' and ');
  describe.runIf(isThere)(`${name}, app client with ${settings || 'neither secret nor rotation'}`, () => {
    let system: TestSystem;
    let user: TestUser;
    let pool: Pool;
    let app: RunningApp;
    let tokens: TokenPair;
    beforeAll(async () => {
      const templateFolder = synthesizeOwnPool({
        client: {
          generateSecret: secret,
          ...(rotation ? { refreshTokenRotationGracePeriod: GRACE } : {}),
        },
      });
      system = await startTestSystem({ templateFolder });
      user = await createUser(system);
      const { url, poolId, clientId } = system;
      pool = { url, poolId, clientId, clientSecret: await secretOf(system) };
      app = await start(pool);
    });
    afterAll(async () => {
      await app?.close();
      if (system) await stopTestSystem(system);
    });

    const getUser = () => system.client.send(new GetUserCommand({ AccessToken: tokens.access }));

    const isRefusedWithAnotherSecret = async () => {
      const stranger = await start({ ...pool, clientSecret: 'another' });

      const { error, message } = as('refused', await stranger.signIn(user.username, user.password));
      await stranger.close();

      expect(error).toBe('NotAuthorizedException');
      expect(message).toContain(`Unable to verify secret hash for client ${system.clientId}`);
    };
    if (secret) it('is refused with another secret', isRefusedWithAnotherSecret);

    it('signs in with password and code', async () => {
      as('challenge', await app.signIn(user.username, user.password));

      tokens = as('tokens', await app.answer(await waitForCode(system, user)));

      expect(await verifyToken(pool, { use: 'id' }, tokens.id)).toMatchObject({ email_otp: 'verified' });
    });

    it('refreshes its tokens three times', async () => {
      for (let time = 1; time <= 3; time += 1) {
        system.clock.adjust({ offsetMs: time * 2 * GRACE.toMilliseconds() });
        const refreshed = as('tokens', await app.refresh());
        expect(refreshed.access).not.toBe(tokens.access);
        tokens = refreshed;
      }

      expect(await verifyToken(pool, { use: 'id' }, tokens.id)).toMatchObject({ email_otp: 'refreshed' });
    });

    it('ends its sign-in', async () => {
      await getUser();

      as('done', await app.signOut());

      await expect(getUser()).rejects.toMatchObject({ message: 'Access Token has been revoked' });
    });
  });
};
