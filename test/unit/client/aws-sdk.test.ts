import type {
  RespondToAuthChallengeCommandInput,
  RespondToAuthChallengeCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect, expectTypeOf, test } from 'vitest';
import {
  type AuthResponse,
  type ChallengeResponse,
  readSdkResponse,
  sdkCalls,
} from '../../../client/aws-sdk.ts';

test('the SDK’s own types fit', () => {
  expectTypeOf<ChallengeResponse>().toExtend<RespondToAuthChallengeCommandInput>();
  expectTypeOf<RespondToAuthChallengeCommandOutput>().toExtend<AuthResponse>();
});

test.each<[AuthResponse, object]>([
  [{ AuthenticationResult: { AccessToken: 'a' } }, { kind: 'signedIn', tokens: { AccessToken: 'a' } }],
  [
    { ChallengeName: 'CUSTOM_CHALLENGE', ChallengeParameters: { a: 'b' } },
    { kind: 'code', parameters: { a: 'b' } },
  ],
  [{ ChallengeName: 'CUSTOM_CHALLENGE' }, { kind: 'code', parameters: {} }],
  [{ ChallengeName: 'NEW_PASSWORD_REQUIRED' }, { kind: 'newPassword' }],
  [{ ChallengeName: 'SMS_MFA' }, { kind: 'other', name: 'SMS_MFA' }],
])('the response %j is read', (response, reply) => {
  expect(readSdkResponse(response)).toEqual(reply);
});

const respondWith = (...responses: readonly AuthResponse[]) => {
  const inputs: ChallengeResponse[] = [];
  const respond = async (input: ChallengeResponse) => {
    inputs.push(input);
    return responses[inputs.length - 1] ?? Promise.reject(new Error('no more responses'));
  };
  return { inputs, respond };
};

test('each answer is given in the newest session, which can be saved', async () => {
  const next = { ChallengeName: 'CUSTOM_CHALLENGE', Session: 'two' };
  const { inputs, respond } = respondWith(next, { AuthenticationResult: {} });
  const calls = sdkCalls({ clientId: 'client', username: 'alice', session: 'one', respond });

  await calls.respond('111111', {});
  expect(calls.session?.()).toBe('two');
  await calls.respond('resend', { action: 'resend' });

  expect(inputs).toEqual([
    {
      ClientId: 'client',
      ChallengeName: 'CUSTOM_CHALLENGE',
      Session: 'one',
      ChallengeResponses: { USERNAME: 'alice', ANSWER: '111111' },
      ClientMetadata: {},
    },
    expect.objectContaining({ Session: 'two', ClientMetadata: { action: 'resend' } }),
  ]);
});

test('a session is not forgotten because an answer got lost', async () => {
  const { respond } = respondWith();
  const calls = sdkCalls({ clientId: 'client', username: 'alice', session: 'one', respond });

  await expect(calls.respond('111111', {})).rejects.toThrow();

  expect(calls.session?.()).toBe('one');
});

test('a client with a secret says its hash', async () => {
  const { inputs, respond } = respondWith({ AuthenticationResult: {} });
  const secretHash = 'hash';
  const calls = sdkCalls({ clientId: 'client', username: 'alice', session: 'one', secretHash, respond });

  await calls.respond('111111', {});

  expect(inputs[0]?.ChallengeResponses).toEqual({ USERNAME: 'alice', ANSWER: '111111', SECRET_HASH: 'hash' });
});
