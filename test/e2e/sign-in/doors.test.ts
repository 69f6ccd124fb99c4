import {
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { createSrpSession } from 'cognito-srp-helper';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provePassword, signIn } from '../../../commands/sign-in/sign-in-flow.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import { typingPerson } from '../../support/sign-in/typing-person.ts';
import {
  createUser,
  mailsTo,
  PASSWORD,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  waitForCode,
} from '../../support/system/local-system.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => stopTestSystem(system));

describe('without the password', () => {
  it('a wrong password is refused before any mail', async () => {
    const user = await createUser(system);

    const attempt = provePassword(system.client, { ...user, password: 'not-the-password' });

    await expect(attempt).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    });
    await system.idle();
    expect(mailsTo(system, user)).toHaveLength(0);
  });

  it('an unknown user is refused with the same words', async () => {
    const user = await createUser(system);

    const attempt = provePassword(system.client, { ...user, username: 'nobody@example.com' });

    await expect(attempt).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    });
  });

  it('a sign-in that starts at the code is refused before any mail', async () => {
    const user = await createUser(system);

    const attempt = system.client.send(
      new InitiateAuthCommand({
        AuthFlow: 'CUSTOM_AUTH',
        ClientId: user.clientId,
        AuthParameters: { USERNAME: user.username, CHALLENGE_NAME: 'CUSTOM_CHALLENGE' },
      }),
    );

    await expect(attempt).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    expect(mailsTo(system, user)).toHaveLength(0);
  });
});

describe('with the password alone', () => {
  it.each([
    ['USER_SRP_AUTH', { SRP_A: createSrpSession('u', 'p', 'us-east-1_x', false).largeA }],
    ['USER_PASSWORD_AUTH', { PASSWORD }],
    ['USER_AUTH', { PASSWORD, PREFERRED_CHALLENGE: 'PASSWORD' }],
    ['ADMIN_USER_PASSWORD_AUTH', { PASSWORD }],
  ] as const)('%s is refused', async (flow, parameters) => {
    const user = await createUser(system);

    const attempt = system.client.send(
      new InitiateAuthCommand({
        AuthFlow: flow,
        ClientId: user.clientId,
        AuthParameters: { USERNAME: user.username, ...parameters },
      }),
    );

    await expect(attempt).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('with a temporary password', () => {
  it('a new password is chosen and then the code is asked for', async () => {
    const user = await createUser(system, { temporary: true });
    const asked: string[] = [];

    const result = await signIn(system.client, user, {
      ...typingPerson(() => {
        asked.push('code');
        return waitForCode(system, user);
      }),
      newPassword: async () => {
        asked.push('new password');
        return 'a-new-password-7';
      },
    });

    expect(result.kind).toBe('signedIn');
    expect(asked).toEqual(['new password', 'code']);
    await expect(provePassword(system.client, user)).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
  });

  it('the new password alone yields no tokens and the code challenge cannot be skipped', async () => {
    const user = await createUser(system, { temporary: true });
    const step = await provePassword(system.client, user);
    const next = await system.client.send(
      new RespondToAuthChallengeCommand({
        ClientId: user.clientId,
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        Session: step.Session,
        ChallengeResponses: {
          USERNAME: step.ChallengeParameters?.USER_ID_FOR_SRP ?? user.username,
          NEW_PASSWORD: 'a-new-password-7',
        },
      }),
    );

    expect(next.AuthenticationResult).toBeUndefined();
    expect(next.ChallengeName).toBe('CUSTOM_CHALLENGE');
    const skipped = system.client.send(
      new RespondToAuthChallengeCommand({
        ClientId: user.clientId,
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        Session: next.Session,
        ChallengeResponses: { USERNAME: user.username, NEW_PASSWORD: 'another-password-8' },
      }),
    );
    await expect(skipped).rejects.toThrow();
  });
});

describe('with another user’s code', () => {
  it('there are no tokens', async () => {
    const [alice, mallory] = [await createUser(system), await createUser(system)];
    await provePassword(system.client, alice);
    const step = await provePassword(system.client, mallory);

    const next = await answerCode(system.client, mallory, step, await waitForCode(system, alice));

    expect(next.AuthenticationResult).toBeUndefined();
  });
});
