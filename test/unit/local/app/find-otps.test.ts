import { expect, test } from 'vitest';
import { foreignApp } from '../../../../local/app/app.ts';
import { EXIT } from '../../../../shared/command/failure.ts';
import { anAssembly, anOtp, ENDPOINT, run, stacksIn } from './an-app.ts';

test('an app without an EmailOtp is refused', () => {
  expect(() => run({ Shop: { Resources: {} }, Web: { Resources: {} } })).toThrow(
    'There is no EmailOtp in Shop, Web.',
  );
  expect(() => run({})).toThrow('the app, which has no stacks');
});

test('a stack without one is refused, with those that have one', () => {
  expect(() => run({ Shop: anOtp(), Web: { Resources: {} } }, 'Web')).toThrow(
    expect.objectContaining({ message: '--stack: "Web" has no EmailOtp; Shop has', exit: EXIT.usage }),
  );
});

test('several regions are refused, with how to choose one', () => {
  const folder = anAssembly({ Eu: anOtp(), Us: anOtp() }, { Eu: 'eu-west-1', Us: 'us-east-2' });
  const load = (wanted?: string) => foreignApp(stacksIn(folder), wanted)(ENDPOINT);

  expect(() => load()).toThrow(/in eu-west-1 and in us-east-2, .*--stack Eu/);
  expect(load('Us').template.region).toBe('us-east-2');
  expect(load('Us').otps[0]?.outputs.UserPoolId).toMatch(/^us-east-2_/);
});

test('a template for a pool of somebody else is refused: nobody could sign in', () => {
  const { Resources, Outputs } = anOtp('');
  const { UserPoolId, ...others } = Outputs;
  const template = {
    Resources,
    Conditions: { HasPool: { 'Fn::Not': [{ 'Fn::Equals': ['', ''] }] } },
    Outputs: { ...others, UserPoolId: { ...UserPoolId, Condition: 'HasPool' } },
  };

  expect(() => run({ Otp: template })).toThrow(
    /Otp is for a user pool that another template makes.*npm run template/,
  );
});
