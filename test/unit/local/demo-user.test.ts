import { expect, test } from 'vitest';
import { APP_DEMO_USER, demoUserFitting } from '../../../local/demo-user.ts';
import { passwordProblem } from '../../../local/engines/cognito/users/password-policy.ts';
import { anOtp, run } from './app/an-app.ts';

const withMinimum = (PasswordPolicy: object) =>
  run({
    Shop: anOtp('EmailOtp', {
      Pool: { Type: 'AWS::Cognito::UserPool', Properties: { Policies: { PasswordPolicy } } },
    }),
  }).template;

test.each([8, 20, 99])("the demo user's password is long enough for a policy of %d characters", (minimum) => {
  const { password } = demoUserFitting(APP_DEMO_USER, withMinimum({ MinimumLength: minimum }));
  const kinds = { uppercase: true, lowercase: true, numbers: true, symbols: true };

  expect(
    passwordProblem({ ...kinds, minimumLength: minimum, temporaryPasswordMs: 1, historySize: 0 }, password),
  ).toBeUndefined();
});

test('without a policy it stays as it is', () => {
  expect(demoUserFitting(APP_DEMO_USER, withMinimum({}))).toEqual(APP_DEMO_USER);
});
