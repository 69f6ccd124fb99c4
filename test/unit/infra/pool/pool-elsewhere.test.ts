import { Fn, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnUserPool, UserPool } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readPoolElsewhere } from '../../../../infra/pool/pool-elsewhere.ts';
import { anApp } from '../../../support/infra/templates.ts';
import { warningsOf } from '../check/a-shop.ts';

afterEach(() => vi.unstubAllEnvs());

const ID = 'eu-west-1_AbCdEf123';
const ARN = `arn:aws:cognito-idp:eu-west-1:111122223333:userpool/${ID}`;

const aStack = (props: StackProps = {}) => new Stack(anApp(), 'Shop', props);
const inRegion = (region: string, account = '111122223333') => aStack({ env: { region, account } });
const read = (stack: Stack, given: unknown) => readPoolElsewhere(new Construct(stack, 'EmailOtp'), given);

describe('a pool that the app does not make', () => {
  it('may be its ARN', () => {
    expect(read(aStack(), ARN)).toMatchObject({ id: ID, arn: ARN, name: ARN });
  });

  it('may be an ARN that only the deployment knows', () => {
    const stack = aStack();
    const pool = read(stack, Fn.importValue('PoolArn'));

    const arn = { 'Fn::ImportValue': 'PoolArn' };
    expect(stack.resolve(pool?.arn)).toEqual(arn);
    expect(stack.resolve(pool?.id)).toEqual({
      'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::Select': [5, { 'Fn::Split': [':', arn] }] }] }],
    });
    expect(pool?.name).toBe('given to Shop/EmailOtp');
  });

  it('may be an import by its id, which is then of the stack’s own partition, account and region', () => {
    const stack = aStack();
    const pool = read(stack, UserPool.fromUserPoolId(stack, 'Pool', ID));

    expect(pool).toMatchObject({ id: ID, name: 'Shop/Pool' });
    expect(JSON.stringify(stack.resolve(pool?.arn))).toBe(
      JSON.stringify({
        'Fn::Join': [
          '',
          [
            'arn:',
            { Ref: 'AWS::Partition' },
            ':cognito-idp:',
            { Ref: 'AWS::Region' },
            ':',
            { Ref: 'AWS::AccountId' },
            `:userpool/${ID}`,
          ],
        ],
      }),
    );
  });

  it('may be an import by its ARN', () => {
    const stack = aStack();

    expect(read(stack, UserPool.fromUserPoolArn(stack, 'Pool', ARN))).toMatchObject({ id: ID, arn: ARN });
  });

  it.each<[string, (stack: Stack) => unknown]>([
    ['a pool that it makes', (stack) => new UserPool(stack, 'Pool')],
    ['its resource', (stack) => new CfnUserPool(stack, 'Pool')],
    ['an id alone', () => ID],
    ['the ARN of something else', () => 'arn:aws:sns:eu-west-1:111122223333:alarms'],
    ['nothing', () => undefined],
  ])('is not %s', (_, make) => {
    const stack = aStack();

    expect(read(stack, make(stack))).toBeUndefined();
  });
});

it.each(['my pool', ARN, 'eu-west-1'])('an import by an id that is none is refused: %s', (id) => {
  const stack = aStack();
  const pool = UserPool.fromUserPoolId(stack, 'Pool', id);

  expect(() => read(stack, pool)).toThrow(
    `Shop/EmailOtp cannot add a second factor: the user pool Shop/Pool has the id ${id}, which is none`,
  );
});

it('an import by an id that only the deployment knows is none to judge', () => {
  const stack = aStack();

  expect(read(stack, UserPool.fromUserPoolId(stack, 'Pool', Fn.importValue('PoolId')))).toBeDefined();
});

describe('a pool that is known to be out of reach', () => {
  it.each<[string, Stack, (stack: Stack) => unknown, string]>([
    [
      'another region, by its ARN',
      inRegion('us-east-1'),
      () => ARN,
      `${ARN} is in the region eu-west-1, but the stack in us-east-1`,
    ],
    [
      'another account, by its ARN',
      inRegion('eu-west-1', '444455556666'),
      () => ARN,
      `${ARN} is in the account 111122223333, but the stack in 444455556666`,
    ],
    [
      'another region, by its id',
      inRegion('us-east-1'),
      (stack) => UserPool.fromUserPoolId(stack, 'Pool', ID),
      'Shop/Pool is in the region eu-west-1, but the stack in us-east-1',
    ],
    [
      'another account, by an import of its ARN',
      inRegion('eu-west-1', '444455556666'),
      (stack) => UserPool.fromUserPoolArn(stack, 'Pool', ARN),
      'Shop/Pool is in the account 111122223333, but the stack in 444455556666',
    ],
  ])('is refused by name: of %s', (_, stack, make, text) => {
    const pool = make(stack);

    expect(() => read(stack, pool)).toThrow(
      `Shop/EmailOtp cannot add a second factor: the user pool ${text}`,
    );
  });

  it('is warned of if the stack goes to whatever account and region the command line finds', () => {
    vi.stubEnv('CDK_DEFAULT_REGION', 'us-east-1');
    vi.stubEnv('CDK_DEFAULT_ACCOUNT', '444455556666');
    const stack = aStack();
    read(stack, ARN);

    expect(warningsOf({ app: stack.node.root as ReturnType<typeof anApp> })).toEqual([
      expect.stringMatching(
        /region eu-west-1, but the stack in us-east-1.* \[ack: .*EmailOtp-OtherRegion\]$/,
      ),
      expect.stringMatching(/account 111122223333, but the stack in 444455556666/),
    ]);
  });

  it('is not refused where nothing is known of the stack, or of the pool', () => {
    vi.stubEnv('CDK_DEFAULT_REGION', undefined);
    vi.stubEnv('CDK_DEFAULT_ACCOUNT', undefined);

    expect(read(aStack(), ARN)).toBeDefined();
    expect(read(inRegion('us-east-1'), Fn.importValue('PoolArn'))).toBeDefined();
  });
});
