import { GetTokensFromRefreshTokenCommand } from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provePassword } from '../../../commands/sign-in/sign-in-flow.ts';
import { synthesizeOwnPool } from '../../support/infra/own-pool-app.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import { askForTokens } from '../../support/sign-in/invoke.ts';
import {
  createUser,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  type TestUser,
  waitForCode,
} from '../../support/system/local-system.ts';

// An app with a pre token generation function of its own, from its synthesized template to the tokens.

/** It adds a claim, tries to speak for the guard, and fails for some users. */
const OWN_FUNCTION = `
export const handler = async (event) => {
  if (event.request.userAttributes.email.startsWith('fails-')) throw new Error('words of the app');
  event.response.claimsOverrideDetails = {
    claimsToAddOrOverride: { tenant: 'shop', email_otp: 'never' },
    claimsToSuppress: ['email_otp'],
  };
  return event;
};`;

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem({ templateFolder: synthesizeOwnPool({ preTokenGeneration: OWN_FUNCTION }) });
});
afterAll(() => stopTestSystem(system));

const signIn = async (user: TestUser) => {
  const step = await provePassword(system.client, user);
  return answerCode(system.client, user, step, await waitForCode(system, user));
};

/** How often the guard has called the app's function. */
const callsOfGuard = (): number =>
  system.calls.filter(
    ({ caller, operation }) => caller.includes('GuardTokens') && operation.endsWith('/invocations'),
  ).length;

describe('an app’s own function', () => {
  it('puts its claims beside ours, at the sign-in and at a refresh, with one call each', async () => {
    const before = callsOfGuard();
    const { AuthenticationResult: tokens = {} } = await signIn(await createUser(system));
    const atSignIn = callsOfGuard() - before;
    const refresh = new GetTokensFromRefreshTokenCommand({
      ClientId: system.clientId,
      RefreshToken: tokens.RefreshToken,
    });
    const { AuthenticationResult: later = {} } = await system.client.send(refresh);

    expect(decodeJwt(tokens.IdToken ?? '')).toMatchObject({ tenant: 'shop', email_otp: 'verified' });
    expect(decodeJwt(later.IdToken ?? '')).toMatchObject({ tenant: 'shop', email_otp: 'refreshed' });
    expect([atSignIn, callsOfGuard() - before]).toEqual([1, 2]);
  });

  it('lets nobody in where it fails, and shows users none of its words', async () => {
    const before = callsOfGuard();
    const user = await createUser(system, { email: `fails-${Date.now()}@example.com` });

    await expect(signIn(user)).rejects.toMatchObject({
      name: 'UserLambdaValidationException',
      message: 'PreTokenGeneration failed with error Something went wrong on our side. Please try again..',
    });
    expect(callsOfGuard() - before).toBe(1);
  });

  it('is not called for tokens that the guard refuses', async () => {
    const before = callsOfGuard();

    const { error } = await askForTokens(system, crypto.randomUUID(), system.clientId);

    expect(error).toBe('TokensRefused');
    expect(callsOfGuard()).toBe(before);
  });
});
