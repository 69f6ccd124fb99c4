/** What every client has to be able to do. Each test continues where the one before ended. */
import {
  AdminAddUserToGroupCommand,
  AdminGetUserCommand,
  CreateGroupCommand,
  GetUserCommand,
} from '@aws-sdk/client-cognito-identity-provider';
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
import type { ClientApp, Pool, TokenPair } from './client-app.ts';
import { as } from './reply.ts';
import { verifyToken } from './resource-server.ts';

export interface RunningApp extends ClientApp {
  close(): Promise<void>;
}

/** Longer than the time from one mail to the next. */
const COOLDOWN_SECONDS = 40;

const NEXT_PASSWORD = 'another-staple-10';

/** An administrator puts the user into a group, by the AWS SDK. */
const addToGroup = async ({ client, poolId: UserPoolId }: TestSystem, { username }: TestUser) => {
  await client.send(new CreateGroupCommand({ UserPoolId, GroupName: 'staff', Precedence: 0 }));
  await client.send(new AdminAddUserToGroupCommand({ UserPoolId, GroupName: 'staff', Username: username }));
};

const NOT_AUTHORIZED = { name: 'NotAuthorizedException' };

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

    it('refreshes its tokens, which aws-jwt-verify accepts as refreshed ones of a member of a group', async () => {
      await addToGroup(system, user);

      const refreshed = as('tokens', await app.refresh());

      expect(refreshed.access).not.toBe(tokens.access);
      const { id, access } = await verifyPair(system, refreshed);
      expect(id).toMatchObject({ email: user.email, email_otp: 'refreshed' });
      expect([id['cognito:groups'], access['cognito:groups']]).toEqual([['staff'], ['staff']]);
      tokens = refreshed;
    });

    it("sets, reads and deletes its user's attributes", async () => {
      const attributesOf = async () => as('attributes', await app.readAttributes()).attributes;
      as('done', await app.setAttribute('locale', 'de'));
      expect(await attributesOf()).toMatchObject({ email: user.email, locale: 'de' });

      as('done', await app.deleteAttribute('locale'));

      expect(await attributesOf()).not.toHaveProperty('locale');
    });

    it('is refused a change of the address, to which the codes go', async () => {
      const { error, message } = as('refused', await app.setAttribute('email', 'else@example.com'));

      expect(error).toBe('NotAuthorizedException');
      expect(message).toContain('A client attempted to write unauthorized attribute');
    });

    it("changes its user's password, for which it needs the old one", async () => {
      const { error } = as('refused', await app.changePassword('not-the-password', NEXT_PASSWORD));
      expect(error).toBe('NotAuthorizedException');

      as('done', await app.changePassword(user.password, NEXT_PASSWORD));

      user = { ...user, password: NEXT_PASSWORD };
    });

    it('signs its user out on every device', async () => {
      const elsewhere = await signInBySdk(system, user, 3);
      const getUser = () => system.client.send(new GetUserCommand({ AccessToken: tokens.access }));
      const refreshElsewhere = () => refreshBySdk(system, elsewhere);
      await getUser();
      await refreshElsewhere();

      as('done', await app.signOutEverywhere());

      await expect(getUser()).rejects.toMatchObject(NOT_AUTHORIZED);
      await expect(refreshElsewhere()).rejects.toMatchObject(NOT_AUTHORIZED);
    });

    it('signs in with the new password and deletes its user, whom the pool knows no more', async () => {
      as('challenge', await app.signIn(user.username, user.password));
      as('tokens', await app.answer(await waitForCode(system, user, 4)));

      as('done', await app.deleteUser());

      const getUser = new AdminGetUserCommand({ UserPoolId: system.poolId, Username: user.username });
      await expect(system.client.send(getUser)).rejects.toMatchObject({ name: 'UserNotFoundException' });
      const { error } = as('refused', await app.signIn(user.username, user.password));
      expect(error).toBe('NotAuthorizedException');
    });
  });
};
