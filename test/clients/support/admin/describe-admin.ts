/** What a server has to be able to do with AWS credentials. Each test continues where the one before ended. */
import { createSrpSession, signSrpSession } from 'cognito-srp-helper';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../local/ground/service.ts';
import {
  PASSWORD,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  waitForCode,
} from '../../../support/system/local-system.ts';

/** Calls an operation by the API's name for it, and throws an error with Cognito's name for it. */
export type AdminCall = (operation: string, input: JsonObject) => Promise<JsonObject>;

export interface RunningServer {
  readonly call: AdminCall;
  close(): Promise<void>;
}

/** Signs in by password and code, as a server does that has got the password from its user. */
const signInByServer = async (call: AdminCall, system: TestSystem, email: string) => {
  const ids = { UserPoolId: system.poolId, ClientId: system.clientId };
  const srp = createSrpSession(email, PASSWORD, system.poolId, false);
  const begun = await call('AdminInitiateAuth', {
    ...ids,
    AuthFlow: 'CUSTOM_AUTH',
    AuthParameters: { USERNAME: email, CHALLENGE_NAME: 'SRP_A', SRP_A: srp.largeA },
  });
  const proof = signSrpSession(srp, begun as never);
  const asked = await call('AdminRespondToAuthChallenge', {
    ...ids,
    ChallengeName: 'PASSWORD_VERIFIER',
    Session: begun.Session,
    ChallengeResponses: {
      USERNAME: email,
      PASSWORD_CLAIM_SECRET_BLOCK: proof.secret,
      PASSWORD_CLAIM_SIGNATURE: proof.passwordSignature,
      TIMESTAMP: proof.timestamp,
    },
  });
  const user = {
    email,
    username: email,
    password: PASSWORD,
    poolId: system.poolId,
    clientId: system.clientId,
  };
  const { AuthenticationResult } = await call('AdminRespondToAuthChallenge', {
    ...ids,
    ChallengeName: 'CUSTOM_CHALLENGE',
    Session: asked.Session,
    ChallengeResponses: { USERNAME: email, ANSWER: await waitForCode(system, user) },
  });
  return AuthenticationResult as Readonly<Record<'IdToken' | 'AccessToken', string>>;
};

/** The client is skipped unless it `isThere`. */
export const describeAdmin = (
  name: string,
  isThere: boolean,
  start: (url: string) => RunningServer,
): void => {
  describe.runIf(isThere)(name, () => {
    const email = 'employee@example.com';
    let system: TestSystem;
    let server: RunningServer;
    beforeAll(async () => {
      system = await startTestSystem();
      server = start(system.url);
    });
    afterAll(async () => {
      await server?.close();
      if (system) await stopTestSystem(system);
    });

    const inPool = (operation: string, input: JsonObject = {}) =>
      server.call(operation, { UserPoolId: system.poolId, ...input });
    const ofUser = (operation: string, input: JsonObject = {}) =>
      inPool(operation, { Username: email, ...input });
    const namesOf = (list: unknown, name: string) =>
      (list as readonly JsonObject[]).map((entry) => entry[name]);

    it('creates a user with a password', async () => {
      const UserAttributes = [{ Name: 'email', Value: email }];
      await ofUser('AdminCreateUser', { MessageAction: 'SUPPRESS', UserAttributes });
      await ofUser('AdminSetUserPassword', { Password: PASSWORD, Permanent: true });

      expect(await ofUser('AdminGetUser')).toMatchObject({ UserStatus: 'CONFIRMED', Enabled: true });
    });

    it('sets and deletes attributes', async () => {
      await ofUser('AdminUpdateUserAttributes', { UserAttributes: [{ Name: 'nickname', Value: 'Emp' }] });
      const { UserAttributes } = await ofUser('AdminGetUser');
      await ofUser('AdminDeleteUserAttributes', { UserAttributeNames: ['nickname'] });

      const { UserAttributes: left } = await ofUser('AdminGetUser');
      expect(namesOf(UserAttributes, 'Name')).toContain('nickname');
      expect(namesOf(left, 'Name')).not.toContain('nickname');
    });

    it('creates a group and changes it', async () => {
      const RoleArn = 'arn:aws:iam::123456789012:role/staff';
      await inPool('CreateGroup', { GroupName: 'staff', RoleArn, Precedence: 5 });
      await inPool('UpdateGroup', { GroupName: 'staff', Description: 'All who work here' });

      const { Group } = await inPool('GetGroup', { GroupName: 'staff' });
      expect(Group).toMatchObject({ RoleArn, Precedence: 5, Description: 'All who work here' });
      const { Groups } = await inPool('ListGroups');
      expect(namesOf(Groups, 'GroupName')).toEqual(['staff']);
    });

    it('puts the user into the group', async () => {
      await ofUser('AdminAddUserToGroup', { GroupName: 'staff' });

      const { Groups } = await ofUser('AdminListGroupsForUser');
      const { Users } = await inPool('ListUsersInGroup', { GroupName: 'staff' });
      const { Username } = await ofUser('AdminGetUser');
      expect(namesOf(Groups, 'GroupName')).toEqual(['staff']);
      expect(namesOf(Users, 'Username')).toEqual([Username]);
    });

    it('signs the user in by password and code, and the tokens name the group', async () => {
      const { IdToken, AccessToken } = await signInByServer(server.call, system, email);

      expect(decodeJwt(IdToken)).toMatchObject({
        email,
        'cognito:groups': ['staff'],
        'cognito:preferred_role': 'arn:aws:iam::123456789012:role/staff',
      });
      expect(decodeJwt(AccessToken)).toMatchObject({ 'cognito:groups': ['staff'] });
    });

    it('describes the pool', async () => {
      const { UserPool } = await inPool('DescribeUserPool');
      const { UserPools } = await server.call('ListUserPools', { MaxResults: 10 });

      expect(UserPool).toMatchObject({
        Id: system.poolId,
        EstimatedNumberOfUsers: 1,
        MfaConfiguration: 'OFF',
      });
      expect(namesOf(UserPools, 'Id')).toContain(system.poolId);
    });

    it('is told what to do instead of what is not played', async () => {
      await expect(ofUser('AdminResetUserPassword')).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: expect.stringContaining('Set the password with AdminSetUserPassword'),
      });
    });

    it('deletes the group, and then the user', async () => {
      await ofUser('AdminRemoveUserFromGroup', { GroupName: 'staff' });
      await inPool('DeleteGroup', { GroupName: 'staff' });
      await ofUser('AdminDeleteUser');

      await expect(ofUser('AdminGetUser')).rejects.toMatchObject({ name: 'UserNotFoundException' });
      const notFound = { name: 'ResourceNotFoundException' };
      await expect(inPool('GetGroup', { GroupName: 'staff' })).rejects.toMatchObject(notFound);
    });
  });
};
