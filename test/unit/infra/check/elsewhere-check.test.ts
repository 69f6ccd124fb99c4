import { Fn, Stack } from 'aws-cdk-lib';
import { type IUserPool, UserPool } from 'aws-cdk-lib/aws-cognito';
import { describe, expect, it } from 'vitest';
import { EmailOtp } from '../../../../infra/email-otp.ts';
import { anApp } from '../../../support/infra/templates.ts';
import { problemsOf, SOUND, warningsOf } from './a-shop.ts';

const ID = 'eu-west-1_AbCdEf123';
const ARN = `arn:aws:cognito-idp:eu-west-1:111122223333:userpool/${ID}`;
const byId = (stack: Stack, id: string) => UserPool.fromUserPoolId(stack, `Import${id.length}`, id);

const addOtp = (stack: Stack, userPool: IUserPool | string, id = 'EmailOtp') =>
  new EmailOtp(stack, id, { userPool, emailSender: `${id}@example.com`, senderIdentity: 'existing' });

const ELSEWHERE: readonly [string, (stack: Stack, pool: UserPool) => IUserPool | string][] = [
  ['its ARN', (_, pool) => pool.userPoolArn],
  ['an import by its ARN', (stack, pool) => UserPool.fromUserPoolArn(stack, 'Import', pool.userPoolArn)],
  ['an import by its id', (stack, pool) => UserPool.fromUserPoolId(stack, 'Import', pool.userPoolId)],
];

describe.each(ELSEWHERE)('a pool of the app that is given by %s', (_, given) => {
  it('is refused in the stack that makes it, with what to do', () => {
    const app = anApp();
    const stack = new Stack(app, 'Shop');
    addOtp(stack, given(stack, new UserPool(stack, 'Pool', SOUND)));

    expect(problemsOf({ app })).toEqual([
      expect.stringMatching(
        /Shop\/EmailOtp is given the user pool Shop\/Pool .* Give the pool itself as userPool/,
      ),
    ]);
  });

  it('is warned of in another stack', () => {
    const app = anApp();
    const stack = new Stack(app, 'Shop');
    addOtp(stack, given(stack, new UserPool(new Stack(app, 'Users'), 'Pool', SOUND)));

    expect(warningsOf({ app })).toEqual([
      expect.stringMatching(
        /the stack Users of this app makes it, and takes the triggers off.* \[ack: EmailOtp-PoolOfApp\]/,
      ),
    ]);
  });
});

describe('two EmailOtps with one pool', () => {
  it.each<[string, (stack: Stack) => IUserPool | string, (stack: Stack) => IUserPool | string]>([
    ['an ARN twice', () => ARN, () => ARN],
    ['an ARN and its id', () => ARN, (stack) => byId(stack, ID)],
    ['a value that only the deployment knows', () => Fn.importValue('Pool'), () => Fn.importValue('Pool')],
  ])('are refused: %s', (_, one, other) => {
    const app = anApp();
    const stack = new Stack(app, 'Shop');
    addOtp(stack, one(stack));
    addOtp(stack, other(stack), 'StaffOtp');

    expect(problemsOf({ app })).toEqual([
      expect.stringContaining('Shop/StaffOtp and Shop/EmailOtp are given the same user pool'),
    ]);
  });

  it('are refused in two stacks', () => {
    const app = anApp();
    for (const id of ['Shop', 'Staff']) addOtp(new Stack(app, id), ARN);

    expect(problemsOf({ app })).toHaveLength(1);
  });

  it('are nothing to refuse where the pools are others, or may be', () => {
    const app = anApp();
    const stack = new Stack(app, 'Shop');
    addOtp(stack, ARN);
    addOtp(stack, `${ARN}4`, 'StaffOtp');
    addOtp(stack, Fn.importValue('Pool'), 'OtherOtp');
    addOtp(new Stack(app, 'Staff'), Fn.importValue('Pool'));

    expect(problemsOf({ app })).toEqual([]);
  });
});
