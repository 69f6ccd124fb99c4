/** What every client has to be able to do. Each test continues where the one before ended. */
import { GetUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setFaults } from '../../support/system/local-api.ts';
import {
  createUser,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  type TestUser,
  waitForCode,
  wrongCode,
} from '../../support/system/local-system.ts';
import { refreshBySdk, signInBySdk } from './by-sdk.ts';
import type { ClientApp, Pool, Reply, TokenPair } from './client-app.ts';
import { verifyToken } from './resource-server.ts';

export interface RunningApp extends ClientApp {
  close(): Promise<void>;
}

/** Longer than the time from one mail to the next. */
const COOLDOWN_SECONDS = 40;

const NOT_AUTHORIZED = { name: 'NotAuthorizedException' };

/** The reply, if it is of this kind. Throws what the client was told instead. */
const as = <Kind extends Reply['kind']>(kind: Kind, reply: Reply): Extract<Reply, { kind: Kind }> => {
  if (reply.kind !== kind) {
    const reason = reply.kind === 'refused' ? `: ${reply.error}: ${reply.message}` : '';
    throw new Error(`Wanted ${kind}, got ${reply.kind}${reason}`);
  }
  return reply as Extract<Reply, { kind: Kind }>;
};

/** Both tokens as a resource server reads them. */
const verifyPair = async (pool: Pool, { id, access }: TokenPair) => ({
  id: await verifyToken(pool, { use: 'id' }, id),
  access: await verifyToken(pool, { use: 'access' }, access),
});

/** The client is skipped unless it `isThere`. */
export const describeClient = (
  name: string,
  isThere: boolean,
  start: (pool: Pool) => RunningApp | Promise<RunningApp>,
): void => {
  describe.runIf(isThere)(name, () => {
    let system: TestSystem;
    let user: TestUser;
    let app: RunningApp;
    let code: string;
    let tokens: TokenPair;
    beforeAll(async () => {
      // When the clock has caught up, another mail may be ordered, and the tokens are of the present.
      system = await startTestSystem({ faults: { clockOffsetSeconds: -COOLDOWN_SECONDS } });
      user = await createUser(system);
      const { url, poolId, clientId } = system;
      app = await start({ url, poolId, clientId });
    });
    afterAll(async () => {
      await app?.close();
      if (system) await stopTestSystem(system);
    });

    it('is refused with a wrong password', async () => {
      const { error } = as('refused', await app.signIn(user.username, 'not-the-password'));

      expect(error).toBe('NotAuthorizedException');
    });

    it('is asked for the code after the right password', async () => {
      const { parameters } = as('challenge', await app.signIn(user.username, user.password));
      code = await waitForCode(system, user);

      expect(parameters).toMatchObject({ challenge: 'NEW', codeLength: '6', attemptsLeft: '5' });
    });

    it('is asked again after a wrong code', async () => {
      const { parameters } = as('challenge', await app.answer(wrongCode(code)));

      expect(parameters).toMatchObject({ challenge: 'SAME', attemptsLeft: '4' });
    });

    it('orders another mail, which brings the same code', async () => {
      await setFaults(system, { clockOffsetSeconds: 0 });

      const { parameters } = as('challenge', await app.resend());

      expect(parameters).toMatchObject({ challenge: 'SAME', attemptsLeft: '4', deliveryNumber: '2' });
      expect(await waitForCode(system, user, 2)).toBe(code);
    });

    it('gets tokens for the right code, which aws-jwt-verify accepts', async () => {
      tokens = as('tokens', await app.answer(code));

      const { id, access } = await verifyPair(system, tokens);
      expect(id).toMatchObject({ email: user.email, email_otp: 'verified' });
      expect(access.sub).toBe(id.sub);
    });

    it('refreshes its tokens, which aws-jwt-verify accepts as refreshed ones', async () => {
      const refreshed = as('tokens', await app.refresh());

      expect(refreshed.access).not.toBe(tokens.access);
      const { id } = await verifyPair(system, refreshed);
      expect(id).toMatchObject({ email: user.email, email_otp: 'refreshed' });
      tokens = refreshed;
    });

    it('signs its user out on every device', async () => {
      const elsewhere = await signInBySdk(system, user, 3);
      const getUser = () => system.client.send(new GetUserCommand({ AccessToken: tokens.access }));
      const refreshElsewhere = () => refreshBySdk(system, elsewhere);
      await getUser();
      await refreshElsewhere();

      as('signedOut', await app.signOutEverywhere());

      await expect(getUser()).rejects.toMatchObject(NOT_AUTHORIZED);
      await expect(refreshElsewhere()).rejects.toMatchObject(NOT_AUTHORIZED);
    });
  });
};
