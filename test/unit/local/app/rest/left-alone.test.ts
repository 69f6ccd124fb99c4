import { expect, test } from 'vitest';
import { aFunction, anOtp, run } from '../an-app.ts';

const RULES = { Authorizer: { Type: 'AWS::ApiGateway::Authorizer', Properties: { ProviderARNs: [] } } };

const poolArn = { 'Fn::ImportValue': 'PoolArn' };

test('a stack without an EmailOtp is listed too: its functions first, and what names the user pool', () => {
  const shop = anOtp();
  const Outputs = {
    ...shop.Outputs,
    Arn: { Value: { 'Fn::GetAtt': ['Pool', 'Arn'] }, Export: { Name: 'PoolArn' } },
  };
  const Resources = {
    Network: { Type: 'AWS::EC2::VPC' },
    Api: { Type: 'AWS::ApiGateway::RestApi' },
    Guard: { ...RULES.Authorizer, Properties: { ProviderARNs: [poolArn] } },
    Backend: aFunction(),
  };

  const { leftAlone } = run({ Shop: { ...shop, Outputs }, Api: { Resources } });

  expect(leftAlone.map(({ stack, name }) => `${stack} ${name}`)).toEqual([
    'Api Guard',
    'Api Backend',
    'Api Network',
    'Api Api',
  ]);
});

test('what only a deployment needs is not listed', () => {
  const { leftAlone } = run({ Shop: anOtp('EmailOtp', { Role: { Type: 'AWS::IAM::Role' } }) });

  expect(leftAlone).toEqual([]);
});

test('a stack whose conditions cannot be read here is listed all the same', () => {
  const Resources = { Files: { Type: 'AWS::S3::Bucket', Condition: 'Nowhere' } };

  const { leftAlone } = run({ Shop: anOtp(), Web: { Resources } });

  expect(leftAlone.map(({ name }) => name)).toEqual(['Files']);
});

test('what the CDK made has its path', () => {
  const Metadata = { 'aws:cdk:path': 'Web/Files/Resource' };
  const Resources = { Files0A1B2C3D: { Type: 'AWS::S3::Bucket', Metadata } };

  const { leftAlone } = run({ Shop: anOtp(), Web: { Resources } });

  expect(leftAlone).toMatchObject([{ name: 'Web/Files', isNotable: false }]);
});
