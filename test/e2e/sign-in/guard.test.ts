import { GetTokensFromRefreshTokenCommand } from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provePassword } from '../../../commands/sign-in/sign-in-flow.ts';
import type { ChallengeId } from '../../../shared/domain/challenge.ts';
import { writePrivateParameters } from '../../../shared/messages/private-parameters.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import { type Answered, askForTokens, invoke } from '../../support/sign-in/invoke.ts';
import { challengeFor } from '../../support/system/local-api.ts';
import {
  createUser,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  type TestUser,
  waitForCode,
} from '../../support/system/local-system.ts';

// The guard by itself: Cognito is not called here, so a refusal comes from the guard.

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => stopTestSystem(system));

interface Mailed {
  readonly user: TestUser;
  readonly userId: string;
  readonly challengeId: ChallengeId;
  readonly code: string;
}

/** A user whose password is proven and whose code is mailed. */
const aMailedUser = async (): Promise<Mailed> => {
  const user = await createUser(system);
  await provePassword(system.client, user);
  const code = await waitForCode(system, user);
  const { pk, sk } = (await challengeFor(system, user)) as unknown as Record<'pk' | 'sk', string>;
  return {
    user,
    userId: pk.replace('USER#', ''),
    challengeId: sk.replace('CHALLENGE#', '') as ChallengeId,
    code,
  };
};

/** Gives the right code to verify-auth-challenge, and does not ask for tokens. */
const verify = ({ user, userId, challengeId, code }: Mailed) =>
  invoke(system, 'VerifyAuthChallengeLambdaFunction', {
    callerContext: { clientId: system.clientId },
    request: {
      userAttributes: { sub: userId, email: user.username },
      privateChallengeParameters: writePrivateParameters({ challengeId, round: 'round-1', attempts: 0 }),
      challengeAnswer: code,
    },
    response: {},
  });

/** Asks at the client at which the code is given. */
const askHere = (userId: string, source?: string): Promise<Answered> =>
  askForTokens(system, userId, system.clientId, source);

describe('with a code there are tokens', () => {
  it('whose ID token says so, refreshed ones too, and the trail', async () => {
    const user = await createUser(system);
    const step = await provePassword(system.client, user);
    const done = await answerCode(system.client, user, step, await waitForCode(system, user));
    const { IdToken = '', RefreshToken } = done.AuthenticationResult ?? {};

    const refreshed = await system.client.send(
      new GetTokensFromRefreshTokenCommand({ ClientId: system.clientId, RefreshToken }),
    );

    expect(decodeJwt(IdToken).email_otp).toBe('verified');
    expect(decodeJwt(refreshed.AuthenticationResult?.IdToken ?? '').email_otp).toBe('refreshed');
    expect((await challengeFor(system, user)).events).toHaveProperty('TOKENS_ISSUED');
  });

  it('from the gate itself, also for a user who had to choose a password', async () => {
    const mailed = await aMailedUser();
    await verify(mailed);

    const { error } = await askHere(mailed.userId, 'TokenGeneration_NewPasswordChallenge');

    expect(error).toBeUndefined();
  });
});

describe('without a code there are no tokens', () => {
  it.each([
    [
      'by the password alone (USER_SRP_AUTH, USER_PASSWORD_AUTH, [SRP_A ✓])',
      'TokenGeneration_Authentication',
    ],
    ['by choice (USER_AUTH), or a session that starts at CUSTOM_CHALLENGE', 'TokenGeneration_Authentication'],
    ['by a new password alone (NEW_PASSWORD_REQUIRED)', 'TokenGeneration_NewPasswordChallenge'],
    ['by the hosted UI', 'TokenGeneration_HostedAuth'],
    ['by a remembered device', 'TokenGeneration_AuthenticateDevice'],
  ])('%s', async (_, source) => {
    const { userId } = await aMailedUser();

    const { error, payload } = await askHere(userId, source);

    expect(error).toBe('TokensRefused');
    expect(payload.errorMessage).toBe('Sign in again, with the code from your mail.');
  });

  it('by the hosted UI even with a code that was given elsewhere', async () => {
    const mailed = await aMailedUser();
    await verify(mailed);

    expect((await askHere(mailed.userId, 'TokenGeneration_HostedAuth')).error).toBe('TokensRefused');
  });

  it.each([
    ['another client', 'another-client'],
    ['a client whose id begins like it', (own: string) => own.slice(0, -1)],
    ['a client whose id goes on after it', (own: string) => `${own}0`],
    ['a client whose id is spelt like it', (own: string) => own.toUpperCase()],
    ['no client', undefined],
  ])('by a code that was given at this client, for %s', async (_, other) => {
    const mailed = await aMailedUser();
    await verify(mailed);

    const clientId = typeof other === 'function' ? other(system.clientId) : other;
    const asked = await askForTokens(system, mailed.userId, clientId);

    expect(asked.error).toBe('TokensRefused');
    expect((await askHere(mailed.userId)).error).toBeUndefined();
  });

  it('by another user’s code', async () => {
    const [mailed, other] = [await aMailedUser(), await aMailedUser()];
    await verify(other);

    expect((await askHere(mailed.userId)).error).toBe('TokensRefused');
  });

  it('by a code that was given in an earlier sign-in, whether or not there were tokens for it', async () => {
    const [spent, unspent] = [await aMailedUser(), await aMailedUser()];
    await verify(spent);
    await verify(unspent);
    expect((await askHere(spent.userId)).error).toBeUndefined();

    system.clock.adjust({ offsetMs: 16_000 });
    const again = await askHere(spent.userId);
    system.clock.adjust({ offsetMs: 45_000 });
    const late = await askHere(unspent.userId);

    expect([again.error, late.error]).toEqual(['TokensRefused', 'TokensRefused']);
    await expect
      .poll(() => system.metrics.sumOf({ name: 'TokensRefused' }), { timeout: 5_000 })
      .toBeGreaterThanOrEqual(2);
  });
});
