import type { ConfirmSignInInput, ConfirmSignInOutput, SignInOutput } from 'aws-amplify/auth';
import { expect, expectTypeOf, test } from 'vitest';
import { amplifyCalls, type ConfirmSignIn, readAmplifyResult } from '../../../client/amplify.ts';

test('Amplify’s own functions and results fit', () => {
  expectTypeOf<(input: ConfirmSignInInput) => Promise<ConfirmSignInOutput>>().toExtend<ConfirmSignIn>();
  expectTypeOf<SignInOutput>().toExtend<Parameters<typeof readAmplifyResult>[0]>();
});

test.each([
  [{ signInStep: 'DONE' }, { kind: 'signedIn' }],
  [{ signInStep: 'CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED' }, { kind: 'newPassword' }],
  [
    { signInStep: 'CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE', additionalInfo: { codeLength: '6' } },
    { kind: 'code', parameters: { codeLength: '6' } },
  ],
  [{ signInStep: 'CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE' }, { kind: 'code', parameters: {} }],
  [{ signInStep: 'CONFIRM_SIGN_IN_WITH_SMS_CODE' }, { kind: 'other', name: 'CONFIRM_SIGN_IN_WITH_SMS_CODE' }],
])('the next step %j is read', (nextStep, reply) => {
  expect(readAmplifyResult({ nextStep })).toEqual(reply);
});

test('an answer goes with what the app says of itself and with what it wants', async () => {
  const inputs: unknown[] = [];
  const confirmSignIn: ConfirmSignIn = async (input) => {
    inputs.push(input);
    return { nextStep: { signInStep: 'DONE' } };
  };
  const calls = amplifyCalls(confirmSignIn, { userAgent: 'a browser' });

  await calls.respond('123456', {});
  await calls.respond('resend', { action: 'resend' });

  expect(inputs).toEqual([
    { challengeResponse: '123456', options: { clientMetadata: { userAgent: 'a browser' } } },
    {
      challengeResponse: 'resend',
      options: { clientMetadata: { userAgent: 'a browser', action: 'resend' } },
    },
  ]);
});
