import { expect, test } from 'vitest';
import { aFunction, anOtp, run } from './an-app.ts';

const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const python = aFunction({}, { Runtime: 'python3.13' });

const poolWith = (LambdaConfig: object) => ({ Type: 'AWS::Cognito::UserPool', Properties: { LambdaConfig } });

/** What is run of a type, and what is said. */
const shop = (more: object) => {
  const { template, leftAlone, notes } = run({ Shop: anOtp('EmailOtp', more) });
  const idsOf = (type: string) => template.ofType(type).map(({ logicalId }) => logicalId);
  return { idsOf, leftAlone: leftAlone.map(({ name }) => name), notes };
};

test.each([
  { RedrivePolicy: { maxReceiveCount: 3, deadLetterTargetArn: 'arn' } },
  { DelaySeconds: 5 },
  { ReceiveMessageWaitTimeSeconds: 20 },
  { FifoQueue: true, ContentBasedDeduplication: true },
])('a queue with %j that a trigger names is left alone and keeps its name', (Properties) => {
  const { idsOf, leftAlone, notes } = shop({
    Define: aFunction({ JOBS: { Ref: 'Jobs' } }),
    Jobs: { Type: 'AWS::SQS::Queue', Properties },
  });

  expect(idsOf('AWS::SQS::Queue')).toEqual([]);
  expect(leftAlone).toEqual(['Jobs']);
  expect(notes).toEqual([
    `The queue Shop-Jobs has what queues do not have here (${Object.keys(Properties).join(', ')}); ` +
      'it is left alone, and a call of it fails here',
  ]);
});

test('a plain queue that a trigger names is run', () => {
  const { idsOf } = shop({
    Define: aFunction({ JOBS: { Ref: 'Jobs' } }),
    Jobs: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 60 } },
  });

  expect(idsOf('AWS::SQS::Queue')).toEqual(['Jobs']);
});

test('functions of another language that no sign-in calls are left alone, and named', () => {
  const { idsOf, leftAlone, notes } = shop({
    Pool: poolWith({
      DefineAuthChallenge: arnOf('Define'),
      PostConfirmation: arnOf('Welcome'),
      CustomEmailSender: { LambdaArn: arnOf('Mail'), LambdaVersion: 'V1_0' },
    }),
    Define: aFunction({ REPORT: { Ref: 'Report' } }),
    Welcome: python,
    Mail: python,
    Report: python,
  });

  expect(idsOf('AWS::Lambda::Function')).not.toEqual(expect.arrayContaining(['Welcome', 'Mail', 'Report']));
  expect(leftAlone).toEqual(['Welcome', 'Mail', 'Report']);
  expect(notes).toContain(
    'The function Shop-Report is for python3.13; it is left alone, and a call of it fails here',
  );
});

test('the pre token function that guard-tokens calls has to run', () => {
  const more = {
    Pool: poolWith({ PreTokenGeneration: arnOf('Guard') }),
    Guard: aFunction({ PRE_TOKEN_FUNCTION_ARN: arnOf('Claims') }),
    Claims: python,
  };

  expect(() => shop(more)).toThrow('The function Shop-Claims is for python3.13;');
});

test('a trigger that is not in the app is refused by its name and its ARN', () => {
  const arn = 'arn:aws:lambda:us-east-1:111122223333:function:shared';
  const more = {
    Pool: poolWith({
      PreAuthentication: arn,
      PreTokenGenerationConfig: { LambdaArn: arnOf('Guard'), LambdaVersion: 'V2_0' },
      CustomMessage: arn,
    }),
    Guard: aFunction({ PRE_TOKEN_FUNCTION_ARN: `${arn}:live` }),
  };

  expect(() => shop(more)).toThrow(
    new RegExp(
      `The user pool Pool calls ${arn} \\(LambdaConfig\\.PreAuthentication\\), which is no function of the app\\. Define .*\\n` +
        `The function Shop-Guard calls ${arn}:live \\(preTokenGeneration\\)[^\\n]*$`,
    ),
  );
});

test('guard-tokens without a pre token function has an empty variable', () => {
  const more = {
    Pool: poolWith({ PreTokenGeneration: arnOf('Guard') }),
    Guard: aFunction({ PRE_TOKEN_FUNCTION_ARN: '' }),
  };

  expect(shop(more).idsOf('AWS::Lambda::Function')).toContain('Guard');
});
