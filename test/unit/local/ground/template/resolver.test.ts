import { expect, test } from 'vitest';
import type { RawStack, RawTemplate } from '../../../../../local/ground/template/raw-stack.ts';
import { createResolver } from '../../../../../local/ground/template/resolver.ts';

/** A placeholder that CloudFormation replaces in a text. */
const STACK_NAME = '$' + '{AWS::StackName}';

const aStack = (template: Partial<RawTemplate>, more: Partial<RawStack> = {}): RawStack => ({
  id: 'Shop',
  name: 'Shop',
  region: 'eu-west-1',
  accountId: '111122223333',
  template: { Resources: {}, ...template },
  assets: { folder: 'cdk.out', byKey: {}, unpacked: 'unpacked' },
  parameters: {},
  namePrefix: 'Shop-',
  ...more,
});

const resolveIn = (stack: RawStack, value: unknown, ...others: readonly RawStack[]) =>
  createResolver([stack, ...others], 'http://127.0.0.1:4566').resolve(stack, value);

test.each([
  ['AWS::Lambda::Function', { FunctionName: 'claims' }, 'claims'],
  ['AWS::DynamoDB::Table', { TableName: { 'Fn::Sub': `${STACK_NAME}-tenants` } }, 'Shop-tenants'],
  ['AWS::SQS::Queue', {}, 'http://127.0.0.1:4566/111122223333/Shop-It'],
  ['AWS::SNS::Topic', {}, 'arn:aws:sns:eu-west-1:111122223333:Shop-It'],
  ['AWS::S3::Bucket', {}, 'shop-it'],
  ['AWS::Cognito::UserPoolGroup', { GroupName: 'staff' }, 'staff'],
  ['AWS::Kinesis::Stream', {}, 'Shop-It'],
])('a reference to %s with %j is its name', (Type, Properties, expected) => {
  expect(resolveIn(aStack({ Resources: { It0A1B2C3D: { Type, Properties } } }), { Ref: 'It0A1B2C3D' })).toBe(
    expected,
  );
});

test.each([
  ['AWS::Kinesis::Stream', 'Arn', 'arn:aws:kinesis:eu-west-1:111122223333:stream/Shop-It'],
  ['AWS::DynamoDB::Table', 'StreamArn', 'arn:aws:dynamodb:eu-west-1:111122223333:table/Shop-It/StreamArn'],
  ['AWS::ApiGateway::RestApi', 'RootResourceId', 'Shop-It-RootResourceId'],
  ['AWS::AppSync::GraphQLApi', 'GraphQLUrl', 'https://Shop-It.example.com'],
])('an attribute of %s has the right form: %s', (Type, name, expected) => {
  expect(resolveIn(aStack({ Resources: { It: { Type } } }), { 'Fn::GetAtt': ['It', name] })).toBe(expected);
});

test('the provider of a pool is in its region', () => {
  const stack = aStack({ Resources: { Pool: { Type: 'AWS::Cognito::UserPool' } } });

  expect(resolveIn(stack, { 'Fn::GetAtt': ['Pool', 'ProviderName'] })).toMatch(
    /^cognito-idp\.eu-west-1\.amazonaws\.com\/eu-west-1_\w{9}$/,
  );
});

test('resources whose ids differ only by their hashes keep them', () => {
  const Type = 'AWS::Lambda::Function';
  const stack = aStack({ Resources: { Fn11111111: { Type }, Fn22222222: { Type } } });

  expect(resolveIn(stack, [{ Ref: 'Fn11111111' }, { Ref: 'Fn22222222' }])).toEqual([
    'Shop-Fn11111111',
    'Shop-Fn22222222',
  ]);
});

test('parameters have their defaults, or what is given', () => {
  const Parameters = {
    BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/version' },
    Digits: { Type: 'Number', Default: 6 },
    Zones: { Type: 'CommaDelimitedList', Default: 'a, b' },
    Name: { Type: 'String' },
  };
  const stack = aStack({ Parameters }, { parameters: { Digits: '8' } });

  expect(resolveIn(stack, [{ Ref: 'BootstrapVersion' }, { Ref: 'Digits' }, { Ref: 'Zones' }])).toEqual([
    '/cdk-bootstrap/version',
    '8',
    ['a', 'b'],
  ]);
  expect(() => resolveIn(stack, { Ref: 'Name' })).toThrow('--parameter Name=<value>');
});

test('a choice follows conditions, mappings and parameters', () => {
  const stack = aStack({
    Parameters: { Stage: { Type: 'String', Default: 'test' } },
    Mappings: { Sizes: { test: { digits: 6 }, live: { digits: 8 } } },
    Conditions: {
      IsLive: { 'Fn::Not': [{ Condition: 'IsTest' }] },
      IsTest: { 'Fn::Equals': [{ Ref: 'Stage' }, 'test'] },
    },
  });
  const value = {
    'Fn::If': ['IsLive', { Ref: 'AWS::NoValue' }, { 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'digits'] }],
  };

  expect(resolveIn(stack, { Digits: value })).toEqual({ Digits: 6 });
  expect(resolveIn({ ...stack, parameters: { Stage: 'live' } }, { Digits: value })).toEqual({});
});

test('what another stack exports is its value there', () => {
  const other = aStack(
    {
      Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'alarms' } } },
      Outputs: {
        Out: { Value: { Ref: 'Topic' }, Export: { Name: { 'Fn::Sub': `${STACK_NAME}:Topic` } } },
      },
    },
    { id: 'Base', name: 'Base', namePrefix: 'Base-' },
  );

  expect(resolveIn(aStack({}), { 'Fn::ImportValue': 'Base:Topic' }, other)).toBe(
    'arn:aws:sns:eu-west-1:111122223333:alarms',
  );
  expect(() => resolveIn(aStack({}), { 'Fn::ImportValue': 'Base:Other' }, other)).toThrow(
    'exports Base:Other',
  );
});

test('ARNs are in the partition of the region', () => {
  const stack = aStack({ Resources: { Fn: { Type: 'AWS::Lambda::Function' } } }, { region: 'cn-north-1' });

  expect(resolveIn(stack, [{ 'Fn::GetAtt': 'Fn.Arn' }, { Ref: 'AWS::Partition' }])).toEqual([
    'arn:aws-cn:lambda:cn-north-1:111122223333:function:Shop-Fn',
    'aws-cn',
  ]);
});
