import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../../../local/ground/service.ts';
import {
  ANSWER,
  addUser,
  awsError,
  CLIENT_ID,
  createFixture,
  EMAIL,
  provePassword,
  respond,
  startSrp,
} from '../fixture.ts';

const USERNAME = EMAIL;

describe('RespondToAuthChallenge', () => {
  test.each<[string, JsonObject, string | RegExp]>([
    ['no session', { Session: undefined }, 'Missing required parameter Session'],
    ['no username', { ChallengeResponses: { ANSWER } }, 'Missing required parameter USERNAME'],
    ['no answer', { ChallengeResponses: { USERNAME } }, 'Missing required parameter ANSWER'],
    ['a short session', { Session: 'short' }, /Value at 'session' failed .* greater than or equal to 20$/],
    [
      'a long session',
      { Session: 'x'.repeat(2049) },
      /Value at 'session' failed .* less than or equal to 2048$/,
    ],
    [
      'an endless answer',
      { ChallengeResponses: { USERNAME, ANSWER: '4'.repeat(131_073) } },
      /Value at 'challengeResponses' failed .* less than or equal to 131072$/,
    ],
    [
      'a challenge that is not implemented',
      { ChallengeName: 'SMS_MFA' },
      'SMS_MFA is not implemented by the local user pool.',
    ],
    [
      'an unknown challenge',
      { ChallengeName: 'RIDDLE' },
      /^1 validation error detected: Value at 'challengeName'/,
    ],
  ])('refuses %s, and the session stays usable', async (_, change, message) => {
    const fixture = createFixture();
    await addUser(fixture);
    const challenge = await provePassword(fixture);
    const request = {
      ClientId: CLIENT_ID,
      ChallengeName: 'CUSTOM_CHALLENGE',
      Session: challenge.Session,
      ChallengeResponses: { USERNAME, ANSWER },
      ...change,
    };

    await expect(fixture.call('RespondToAuthChallenge', request)).rejects.toMatchObject(
      awsError('InvalidParameterException', message),
    );
    expect(await respond(fixture, challenge, { ANSWER })).toHaveProperty('AuthenticationResult');
  });

  test('refuses a timestamp of another form, and overlooks one of another time', async () => {
    const fixture = createFixture();
    await addUser(fixture);
    const { challenge, answer } = await startSrp(fixture);
    const { ChallengeResponses } = answer as { ChallengeResponses: Record<string, string> };

    const odd = respond(fixture, challenge, { ...ChallengeResponses, TIMESTAMP: '2026-01-01T00:00:00Z' });

    await expect(odd).rejects.toMatchObject(
      awsError(
        'InvalidParameterException',
        'TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.',
      ),
    );
    fixture.clock.adjust({ offsetMs: 120_000 });
    expect(await fixture.call('RespondToAuthChallenge', answer)).toMatchObject({
      ChallengeName: 'CUSTOM_CHALLENGE',
    });
  });

  test('hands a long answer to the verify trigger as it is', async () => {
    const fixture = createFixture();
    await addUser(fixture);
    const long = '4'.repeat(10_000);

    await respond(fixture, await provePassword(fixture), { ANSWER: long });

    const verify = fixture.calls.find(({ trigger }) => trigger === 'VerifyAuthChallengeResponse');
    expect(verify?.event.request.challengeAnswer).toBe(long);
  });

  test('takes the address as username too', async () => {
    const fixture = createFixture();
    await addUser(fixture);

    const result = await respond(fixture, await provePassword(fixture), {
      USERNAME: EMAIL.toUpperCase(),
      ANSWER,
    });

    expect(result).toHaveProperty('AuthenticationResult');
  });
});
