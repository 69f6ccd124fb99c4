import { Stack } from 'aws-cdk-lib';
import { AccountRecovery, UserPool } from 'aws-cdk-lib/aws-cognito';
import { Alias, CfnFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import { EmailOtp, type EmailOtpProps } from '../../../infra/email-otp.ts';
import { SettingsError } from '../../../infra/settings/settings.ts';
import { anApp } from '../../support/infra/templates.ts';
import { aFunction } from './check/a-shop.ts';

const aStack = () => new Stack(anApp(), 'Shop', { env: { region: 'us-east-1', account: '111122223333' } });

/** Makes an `EmailOtp` of what somebody gives who does not ask TypeScript. */
const making = (stack: Stack, given: object) => () => {
  const userPool = new UserPool(stack, 'Pool', { accountRecovery: AccountRecovery.NONE });
  const props = { userPool, emailSender: 'otp@example.com', ...given } as EmailOtpProps;
  return new EmailOtp(stack, 'EmailOtp', props);
};

const ARN = 'arn:aws:lambda:us-east-1:111122223333:function:claims';

describe('a pre token function', () => {
  it.each<[string, (stack: Stack) => unknown]>([
    ['a function of the app', (stack) => aFunction(stack, 'Claims')],
    ['an alias', (stack) => aFunction(stack, 'Claims').addAlias('live')],
    ['an imported function', (stack) => LambdaFunction.fromFunctionArn(stack, 'Claims', ARN)],
    [
      'an imported alias',
      (stack) =>
        Alias.fromAliasAttributes(stack, 'Claims', {
          aliasName: 'live',
          aliasVersion: LambdaFunction.fromFunctionArn(stack, 'Function', ARN).latestVersion,
        }),
    ],
    ['none', () => undefined],
    ['null, which is none too', () => null],
  ])('may be %s', (_, make) => {
    const stack = aStack();

    expect(making(stack, { preTokenGeneration: make(stack) })).not.toThrow();
  });

  it.each<[string, (stack: Stack) => unknown]>([
    ['an ARN', () => ARN],
    [
      'a resource',
      (stack) => new CfnFunction(stack, 'Claims', { code: { zipFile: '' }, role: 'arn:aws:iam::1:role/r' }),
    ],
  ])('that is %s is refused, with what the prop takes', (_, make) => {
    const stack = aStack();
    const refused = making(stack, { preTokenGeneration: make(stack) });

    expect(refused).toThrow('preTokenGeneration must be a function or an alias of the CDK (IFunction)');
  });

  it('of another region than the stack is refused, as guard-tokens could not call it', () => {
    const stack = aStack();
    const elsewhere = ARN.replace('us-east-1', 'eu-west-1');
    const preTokenGeneration = LambdaFunction.fromFunctionArn(stack, 'Claims', elsewhere);

    expect(making(stack, { preTokenGeneration })).toThrow(
      'preTokenGeneration is in eu-west-1, but has to be in us-east-1, the region of the stack',
    );
  });
});

it.each(['V4_0', 'V1', 2, null])('no event version %j is taken', (preTokenGenerationVersion) => {
  const refused = () => making(aStack(), { preTokenGenerationVersion })();

  expect(refused).toThrow(SettingsError);
  expect(refused).toThrow('preTokenGenerationVersion must be one of V1_0, V2_0, V3_0');
});
