import { GetTokensFromRefreshTokenCommand } from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provePassword } from '../../../commands/sign-in/sign-in-flow.ts';
import { synthesizeOwnPool } from '../../support/infra/own-pool-app.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import {
  createUser,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  type TestUser,
  waitForCode,
} from '../../support/system/local-system.ts';

// An app whose pool sends the later events, with which a function changes the access token too.

/** It adds claims of any type and a scope, and tries to speak for the guard. */
const OWN_FUNCTION = `
export const handler = async (event) => {
  const claims = { tenant: { id: 'shop', seats: 3 }, seenVersion: event.version, email_otp: 'never' };
  event.response.claimsAndScopeOverrideDetails = {
    idTokenGeneration: { claimsToAddOrOverride: claims, claimsToSuppress: ['email_otp'] },
    accessTokenGeneration: {
      claimsToAddOrOverride: { ...claims, seenScopes: event.request.scopes },
      scopesToAdd: ['shop/read'],
    },
  };
  return event;
};`;

/** A function that refuses users whose address begins so, and lets the others pass. */
const refusing = (prefix: string) => `
export const handler = async (event) => {
  if (event.request.userAttributes.email.startsWith('${prefix}-')) throw new Error('not ${prefix}');
  return event;
};`;

const signIn = async (system: TestSystem, user: TestUser) => {
  const step = await provePassword(system.client, user);
  return answerCode(system.client, user, step, await waitForCode(system, user));
};

describe.each([
  ['V2_0', '2'],
  ['V3_0', '3'],
] as const)('an app’s own function for events of version %s', (version, seenVersion) => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await startTestSystem({
      templateFolder: synthesizeOwnPool({ version, preTokenGeneration: OWN_FUNCTION }),
    });
  });
  afterAll(() => stopTestSystem(system));

  it('puts its claims and scopes beside our claim, in both tokens, at the sign-in and at a refresh', async () => {
    const { AuthenticationResult: tokens = {} } = await signIn(system, await createUser(system));
    const refresh = new GetTokensFromRefreshTokenCommand({
      ClientId: system.clientId,
      RefreshToken: tokens.RefreshToken,
    });
    const { AuthenticationResult: later = {} } = await system.client.send(refresh);

    for (const [pair, email_otp] of [
      [tokens, 'verified'],
      [later, 'refreshed'],
    ] as const) {
      const own = { tenant: { id: 'shop', seats: 3 }, seenVersion, email_otp };
      expect(decodeJwt(pair.IdToken ?? '')).toMatchObject(own);
      expect(decodeJwt(pair.AccessToken ?? '')).toMatchObject({
        ...own,
        seenScopes: ['aws.cognito.signin.user.admin'],
        scope: 'aws.cognito.signin.user.admin shop/read',
      });
    }
  });
});

describe('an app’s functions around a sign-in', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await startTestSystem({
      templateFolder: synthesizeOwnPool({
        triggers: {
          preSignUp: refusing('created'),
          preAuthentication: refusing('asked'),
          postAuthentication: refusing('served'),
        },
      }),
    });
  });
  afterAll(() => stopTestSystem(system));

  const someone = (prefix: string) => ({ email: `${prefix}-${Date.now()}@example.com` });

  it('let everybody else in', async () => {
    expect((await signIn(system, await createUser(system))).AuthenticationResult).toHaveProperty('IdToken');
  });

  it('refuse whom an administrator creates', async () => {
    await expect(createUser(system, someone('created'))).rejects.toMatchObject({
      name: 'UserLambdaValidationException',
      message: 'PreSignUp failed with error not created.',
    });
  });

  it('refuse a sign-in before a code is mailed', async () => {
    const user = await createUser(system, someone('asked'));

    await expect(signIn(system, user)).rejects.toMatchObject({
      message: 'PreAuthentication failed with error not asked.',
    });
    expect(system.received.get(user.email)).toBeUndefined();
  });

  it('refuse the tokens after the right code', async () => {
    await expect(signIn(system, await createUser(system, someone('served')))).rejects.toMatchObject({
      name: 'UserLambdaValidationException',
      message: 'PostAuthentication failed with error not served.',
    });
  });
});
