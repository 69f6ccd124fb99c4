import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provePassword, type SignInResult, signIn } from '../../../commands/sign-in/sign-in-flow.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import { typingPerson } from '../../support/sign-in/typing-person.ts';
import {
  createUser,
  mailsTo,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  waitForCode,
  wrongCode,
} from '../../support/system/local-system.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => stopTestSystem(system));

const tokensOf = (result: SignInResult) => {
  if (result.kind === 'refused') throw new Error(result.reason);
  return result.tokens;
};

describe('a sign-in with password and mailed code', () => {
  it('ends with tokens whose signatures verify against the published keys', async () => {
    const user = await createUser(system);

    const result = await signIn(
      system.client,
      user,
      typingPerson(() => waitForCode(system, user)),
    );

    const { IdToken = '', AccessToken = '', RefreshToken } = tokensOf(result);
    const issuer = `${system.url}/${system.poolId}`;
    const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`));
    const { payload: id } = await jwtVerify(IdToken, keys, { issuer, audience: system.clientId });
    const { payload: access } = await jwtVerify(AccessToken, keys, { issuer });
    expect(id).toMatchObject({ email: user.email, token_use: 'id' });
    expect(access).toMatchObject({ client_id: system.clientId, token_use: 'access', sub: id.sub });
    expect(RefreshToken).toBeTruthy();
  });

  it('asks again after a wrong code, and the same code from the one mail still works', async () => {
    const user = await createUser(system);
    const first = await provePassword(system.client, user);
    const code = await waitForCode(system, user);

    const second = await answerCode(system.client, user, first, wrongCode(code));
    const third = await answerCode(system.client, user, second, code);

    expect(second.ChallengeName).toBe('CUSTOM_CHALLENGE');
    expect(second.ChallengeParameters).toMatchObject({
      challenge: 'SAME',
      attemptsLeft: '4',
      delivery: expect.stringMatching(/^(SENT|DELIVERED)$/),
    });
    expect(third.AuthenticationResult?.AccessToken).toBeTruthy();
    expect(mailsTo(system, user)).toHaveLength(1);
  });

  it('refuses a session that was used, and a code that was used', async () => {
    const user = await createUser(system);
    const first = await provePassword(system.client, user);
    const code = await waitForCode(system, user);
    await answerCode(system.client, user, first, code);

    const sameSession = answerCode(system.client, user, first, code);
    await expect(sameSession).rejects.toMatchObject({ name: 'NotAuthorizedException' });

    const again = await provePassword(system.client, user);
    const sameCode = await answerCode(system.client, user, again, code);
    expect(sameCode.AuthenticationResult).toBeUndefined();
    expect(sameCode.ChallengeName).toBe('CUSTOM_CHALLENGE');
  });

  it('shows a mask of the address and never the address itself', async () => {
    const user = await createUser(system);

    const { ChallengeParameters } = await provePassword(system.client, user);

    expect(ChallengeParameters).toMatchObject({
      destination: 'u***@e***.com',
      codeLength: '6',
      deliveryNumber: '1',
    });
    expect(JSON.stringify(ChallengeParameters)).not.toContain(user.email);
  });

  it.each([
    ['with spaces and a dash', (code: string) => ` ${code.slice(0, 3)} - ${code.slice(3)} `],
    [
      'in full-width digits',
      (code: string) => code.replace(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d))),
    ],
    [
      'in Arabic-Indic digits',
      (code: string) => code.replace(/\d/g, (d) => String.fromCharCode(0x660 + Number(d))),
    ],
  ])('accepts the code written %s', async (_, write) => {
    const user = await createUser(system);
    const step = await provePassword(system.client, user);

    const done = await answerCode(system.client, user, step, write(await waitForCode(system, user)));

    expect(done.AuthenticationResult?.IdToken).toBeTruthy();
  });

  it('ends after eight rounds, with a fresh code after the five attempts of the first', async () => {
    const user = await createUser(system);
    let step = await provePassword(system.client, user);
    const statuses: (string | undefined)[] = [];

    for (let round = 1; round <= 7; round += 1) {
      const code = await waitForCode(system, user, round > 5 ? 2 : 1);
      step = await answerCode(system.client, user, step, wrongCode(code));
      statuses.push(step.ChallengeParameters?.challenge);
    }
    const last = answerCode(system.client, user, step, '000000');

    await expect(last).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    expect(statuses).toEqual(['SAME', 'SAME', 'SAME', 'SAME', 'REPLACED', 'SAME', 'SAME']);
    expect(mailsTo(system, user)).toHaveLength(2);
  });
});
