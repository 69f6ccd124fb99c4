import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provePassword } from '../../../commands/sign-in/sign-in-flow.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import {
  createUser,
  mailsTo,
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

const post = async (headers: Record<string, string>, body: string) => {
  const response = await fetch(system.url, { method: 'POST', headers, body });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

const COGNITO = 'AWSCognitoIdentityProviderService';

describe('the endpoint answers clearly and goes on after', () => {
  it.each([
    [
      'malformed JSON',
      { 'x-amz-target': `${COGNITO}.InitiateAuth` },
      '{"ClientId":',
      'SerializationException',
    ],
    [
      'JSON that is no object',
      { 'x-amz-target': `${COGNITO}.InitiateAuth` },
      '[1]',
      'SerializationException',
    ],
    [
      'an unknown operation',
      { 'x-amz-target': `${COGNITO}.DeleteEverything` },
      '{}',
      'UnknownOperationException',
    ],
    ['an unknown service', { 'x-amz-target': 'Nobody.Nothing' }, '{}', 'UnknownOperationException'],
    [
      'a name of JavaScript’s own',
      { 'x-amz-target': `${COGNITO}.constructor` },
      '{}',
      'UnknownOperationException',
    ],
    [
      'a request without a client',
      { 'x-amz-target': `${COGNITO}.InitiateAuth` },
      '{}',
      'InvalidParameterException',
    ],
    [
      'malformed JSON for DynamoDB',
      { 'x-amz-target': 'DynamoDB_20120810.GetItem', 'content-type': 'application/x-amz-json-1.0' },
      '{',
      'SerializationException',
    ],
  ])('%s', async (_, headers, body, name) => {
    const reply = await post({ 'content-type': 'application/x-amz-json-1.1', ...headers }, body);

    expect(reply.status).toBe(400);
    expect(String(reply.body.__type)).toContain(name);
    const user = await createUser(system);
    expect((await provePassword(system.client, user)).ChallengeName).toBe('CUSTOM_CHALLENGE');
  });
});

describe('an answer that cannot be a code', () => {
  it.each([
    ['10,000 characters', '1'.repeat(10_000)],
    ['one digit too few', '12345'],
    ['one digit too many', '1234567'],
    ['letters', 'abcdef'],
    ['an emoji', '💌'],
    ['a null character', '\0\0\0\0\0\0'],
    ['JSON', '{"answerCorrect":true}'],
  ])('%s: asked again, and the code still works with all its attempts', async (_, answer) => {
    const user = await createUser(system);
    const first = await provePassword(system.client, user);
    const code = await waitForCode(system, user);

    const second = await answerCode(system.client, user, first, answer);
    const done = await answerCode(system.client, user, second, code);

    expect(second.ChallengeParameters).toMatchObject({ challenge: 'SAME', attemptsLeft: '5' });
    expect(done.AuthenticationResult?.IdToken).toBeTruthy();
    expect(mailsTo(system, user)).toHaveLength(1);
  });

  it('a made-up or foreign session is refused', async () => {
    const [user, other] = [await createUser(system), await createUser(system)];
    const step = await provePassword(system.client, user);

    const code = await waitForCode(system, user);

    const madeUp = answerCode(system.client, user, { ...step, Session: 'x'.repeat(100) }, '000000');
    await expect(madeUp).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    const foreign = answerCode(system.client, other, { ...step, ChallengeParameters: {} }, code);
    await expect(foreign).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });
});
