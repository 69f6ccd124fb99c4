import { Amplify } from 'aws-amplify';
import { confirmSignIn, fetchAuthSession, signIn, signOut } from 'aws-amplify/auth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createUser,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  waitForCode,
  wrongCode,
} from '../../support/system/local-system.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem();
  const { poolId: userPoolId, clientId: userPoolClientId, url: userPoolEndpoint } = system;
  Amplify.configure({ Auth: { Cognito: { userPoolId, userPoolClientId, userPoolEndpoint } } });
});
afterAll(() => stopTestSystem(system));

const options = { authFlowType: 'CUSTOM_WITH_SRP' } as const;

describe('aws-amplify with CUSTOM_WITH_SRP', () => {
  it('asks for the code, takes a wrong one for wrong, and signs in with the right one', async () => {
    const user = await createUser(system);

    const first = await signIn({ username: user.username, password: user.password, options });
    const code = await waitForCode(system, user);
    const second = await confirmSignIn({ challengeResponse: wrongCode(code) });
    const third = await confirmSignIn({ challengeResponse: code });

    const asked = { signInStep: 'CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE' };
    expect(first.nextStep).toMatchObject(asked);
    expect(second.nextStep).toMatchObject({ ...asked, additionalInfo: { attemptsLeft: '4' } });
    expect(third).toMatchObject({ isSignedIn: true, nextStep: { signInStep: 'DONE' } });
    const { tokens } = await fetchAuthSession();
    expect(tokens?.idToken?.payload.email).toBe(user.email);
    await signOut();
  });

  it('refuses a wrong password', async () => {
    const user = await createUser(system);

    const attempt = signIn({ username: user.username, password: 'not-the-password', options });

    await expect(attempt).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });

  it('lets a user with a temporary password choose one and then asks for the code', async () => {
    const user = await createUser(system, { temporary: true });

    const first = await signIn({ username: user.username, password: user.password, options });
    const second = await confirmSignIn({ challengeResponse: 'a-new-password-7' });
    const third = await confirmSignIn({ challengeResponse: await waitForCode(system, user) });

    expect(first.nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED');
    expect(second.nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE');
    expect(third.isSignedIn).toBe(true);
    await signOut();
  });
});
