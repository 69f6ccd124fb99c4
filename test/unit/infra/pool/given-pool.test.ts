import { CfnCondition, CfnResource, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { CfnUserPool, UserPool } from 'aws-cdk-lib/aws-cognito';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { readGivenPool } from '../../../../infra/pool/given-pool.ts';
import { anApp } from '../../../support/infra/templates.ts';

const aStack = () => new Stack(anApp(), 'Shop');

/** What somebody gives who does not ask TypeScript. */
const read = (stack: Stack, given: unknown) =>
  readGivenPool(new Construct(stack, 'EmailOtp'), given as CfnUserPool);

describe('a pool of the same stack', () => {
  it('may be a construct', () => {
    const stack = aStack();
    const userPool = new UserPool(stack, 'Pool');
    const resource = userPool.node.defaultChild;

    expect(read(stack, userPool)).toEqual({ resource, construct: userPool, isResource: false });
  });

  it('may be the resource in a construct, as Amplify hands it out', () => {
    const stack = aStack();
    const userPool = new UserPool(stack, 'Pool');
    const resource = userPool.node.defaultChild;

    expect(read(stack, resource)).toEqual({ resource, construct: userPool, isResource: true });
  });

  it('may be a resource by itself, also below a construct that is no pool', () => {
    const stack = aStack();
    const resource = new CfnUserPool(new Construct(stack, 'Auth'), 'Resource');

    expect(read(stack, resource)).toEqual({ resource, construct: undefined, isResource: true });
  });
});

describe('a pool that another part of the app makes', () => {
  it.each<[string, string, (stack: Stack) => Construct]>([
    ['another stack', 'Auth/Pool', ({ node }) => new Stack(node.root, 'Auth')],
    ['a nested stack', 'Shop/Auth/Pool', (stack) => new NestedStack(stack, 'Auth')],
    ['another stage', 'Prod/Shop/Pool', ({ node }) => new Stack(new Stage(node.root, 'Prod'), 'Shop')],
    ['another app', 'Shop/Pool', aStack],
  ])('is named with what to do: of %s', (_, path, makeStack) => {
    const stack = aStack();
    const elsewhere = makeStack(stack);
    const userPool = new UserPool(elsewhere, 'Pool');

    for (const given of [userPool, userPool.node.defaultChild]) {
      expect(() => readGivenPool(new Construct(stack, `Otp${given?.node.id}`), given as CfnUserPool)).toThrow(
        `must be in the same stack as its user pool ${path}`,
      );
    }
    expect(() => read(stack, userPool)).toThrow('Put EmailOtp into the stack that makes the pool');
  });
});

it('a pool that a condition may leave out is refused, with what to do', () => {
  const stack = aStack();
  const resource = new CfnUserPool(stack, 'Pool');
  resource.cfnOptions.condition = new CfnCondition(stack, 'IsTest');

  expect(() => read(stack, resource)).toThrow(
    'Shop/EmailOtp cannot add a second factor: the user pool Shop/Pool has a Condition',
  );
});

describe('what is no pool', () => {
  it.each<[string, (stack: Stack) => unknown]>([
    ['undefined', () => undefined],
    ['eu-west-1_AbCdEf123', () => 'eu-west-1_AbCdEf123'],
    ['Shop/Bucket', (stack) => new Bucket(stack, 'Bucket')],
    ['Shop/Bucket/Resource', (stack) => new Bucket(stack, 'Bucket').node.defaultChild],
    // It has no lambdaConfig, to which triggers are added.
    ['Shop/Raw', (stack) => new CfnResource(stack, 'Raw', { type: 'AWS::Cognito::UserPool' })],
  ])('is refused by name: %s', (name, make) => {
    const stack = aStack();

    expect(() => read(stack, make(stack))).toThrow(
      `Shop/EmailOtp cannot add a second factor: ${name} is no user pool. Give a UserPool, a CfnUserPool, an imported pool or the ARN of one`,
    );
  });
});
