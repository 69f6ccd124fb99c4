import { expect, test } from 'vitest';
import { aTemplate, deployTemplate } from './a-deployment.ts';

const ARN = 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbCdEfGhI';

const deployed = (UserPoolArn: string) => deployTemplate(aTemplate('existing'), { UserPoolArn });

/** Those of EventBridge are the service's own. */
const permissionsOfCognito = (UserPoolArn: string) =>
  deployed(UserPoolArn)
    .ofType('AWS::Lambda::Permission')
    .filter(({ Principal }) => Principal === 'cognito-idp.amazonaws.com');

test('there is no user pool and no client', () => {
  expect(deployed(ARN).ofType('AWS::Cognito::UserPool')).toEqual([]);
  expect(deployed(ARN).ofType('AWS::Cognito::UserPoolClient')).toEqual([]);
});

test('the pool may call the four functions if it was given, and nobody else may', () => {
  expect(permissionsOfCognito(ARN).map(({ SourceArn, Action }) => [SourceArn, Action])).toEqual(
    Array(4).fill([ARN, 'lambda:InvokeFunction']),
  );
  expect(new Set(permissionsOfCognito(ARN).map(({ FunctionName }) => FunctionName)).size).toBe(4);
});

test('without the pool nobody is permitted anything, and the commands for it are in the outputs', () => {
  const { Permissions = '', DefineAuthChallengeArn } = deployed('').outputs;

  expect(permissionsOfCognito('')).toEqual([]);
  expect(Permissions.split('\n')).toHaveLength(4);
  expect(Permissions.split('\n')[0]).toBe(
    `aws lambda add-permission --function-name ${DefineAuthChallengeArn} --statement-id cognito ` +
      '--action lambda:InvokeFunction --principal cognito-idp.amazonaws.com --source-arn "$USER_POOL_ARN"',
  );
});

test('the outputs have the triggers, one by one and as the pool takes them', () => {
  const { outputs } = deployed('');

  expect(JSON.parse(outputs.LambdaConfig ?? '')).toEqual({
    DefineAuthChallenge: outputs.DefineAuthChallengeArn,
    CreateAuthChallenge: outputs.CreateAuthChallengeArn,
    VerifyAuthChallengeResponse: outputs.VerifyAuthChallengeArn,
    PreTokenGeneration: outputs.GuardTokensArn,
  });
});

test('the commands find the pool if it was given', () => {
  expect(deployed(ARN).outputs.UserPoolId).toBe('eu-west-1_AbCdEfGhI');
  expect(deployed('').outputs).not.toHaveProperty('UserPoolId');
});
