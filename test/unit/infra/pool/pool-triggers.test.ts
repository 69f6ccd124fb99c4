import { Fn, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnUserPool, LambdaVersion, UserPool, UserPoolOperation } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { readGivenPool } from '../../../../infra/pool/given-pool.ts';
import { setTriggers } from '../../../../infra/pool/pool-triggers.ts';
import type { Triggers } from '../../../../infra/watch/watched.ts';
import type { EventVersion } from '../../../../shared/pool/places.ts';
import { anApp } from '../../../support/infra/templates.ts';
import { aFunction } from '../check/a-shop.ts';

const SERVICES = ['define-auth-challenge', 'create-auth-challenge', 'verify-auth-challenge', 'guard-tokens'];
const PRE_SIGN_UP = 'arn:aws:lambda:eu-west-1:111122223333:function:pre-sign-up';

const aStack = () => new Stack(anApp(), 'Shop');
const aResource = (stack: Stack, lambdaConfig?: CfnUserPool['lambdaConfig']) =>
  new CfnUserPool(stack, 'Pool', lambdaConfig === undefined ? {} : { lambdaConfig });

/** Adds the triggers, whose functions have the names of the services as ids. */
const addTriggers = (stack: Stack, userPool: UserPool | CfnUserPool, version: EventVersion = 'V1_0') => {
  const triggers = SERVICES.map((service) => [service, aFunction(stack, service)] as const);
  const pool = readGivenPool(new Construct(stack, 'EmailOtp'), userPool);
  setTriggers(pool, Object.fromEntries(triggers) as unknown as Triggers, version);
};

const configIn = (stack: Stack): unknown => {
  const [pool] = Object.values(Template.fromStack(stack).findResources('AWS::Cognito::UserPool'));
  return pool?.Properties.LambdaConfig;
};
const arnOf = (id: string) => ({
  'Fn::GetAtt': [expect.stringMatching(`^${id.replaceAll('-', '')}[0-9A-F]{8}$`), 'Arn'],
});
const CHALLENGES = {
  DefineAuthChallenge: arnOf('define-auth-challenge'),
  CreateAuthChallenge: arnOf('create-auth-challenge'),
  VerifyAuthChallengeResponse: arnOf('verify-auth-challenge'),
};

const POOLS: readonly [string, (stack: Stack) => UserPool | CfnUserPool][] = [
  ['a construct', (stack) => new UserPool(stack, 'Pool')],
  ['the resource in a construct', (stack) => new UserPool(stack, 'Pool').node.defaultChild as CfnUserPool],
  ['a resource', (stack) => aResource(stack)],
];

describe.each(POOLS)('%s', (_, makePool) => {
  it('gets the four triggers, and Cognito may call them for this pool only', () => {
    const stack = aStack();
    addTriggers(stack, makePool(stack));
    const template = Template.fromStack(stack);
    const [id] = Object.keys(template.findResources('AWS::Cognito::UserPool'));

    expect(configIn(stack)).toEqual({ ...CHALLENGES, PreTokenGeneration: arnOf('guard-tokens') });
    template.resourcePropertiesCountIs(
      'AWS::Lambda::Permission',
      {
        Action: 'lambda:InvokeFunction',
        Principal: 'cognito-idp.amazonaws.com',
        SourceArn: { 'Fn::GetAtt': [id, 'Arn'] },
      },
      4,
    );
    template.resourceCountIs('AWS::Lambda::Permission', 4);
  });

  it.each(['V2_0', 'V3_0'] as const)(
    'gets guard-tokens for events of %s in the newer property',
    (version) => {
      const stack = aStack();
      addTriggers(stack, makePool(stack), version);

      expect(configIn(stack)).toEqual({
        ...CHALLENGES,
        PreTokenGenerationConfig: { LambdaArn: arnOf('guard-tokens'), LambdaVersion: version },
      });
    },
  );
});

describe('triggers of the app', () => {
  it('that are added to a construct before and later stay, also if its resource was given', () => {
    const stack = aStack();
    const userPool = new UserPool(stack, 'Pool');
    userPool.addTrigger(UserPoolOperation.PRE_SIGN_UP, aFunction(stack, 'Before'));
    addTriggers(stack, userPool.node.defaultChild as CfnUserPool);
    userPool.addTrigger(UserPoolOperation.POST_AUTHENTICATION, aFunction(stack, 'Later'));

    expect(configIn(stack)).toMatchObject({
      ...CHALLENGES,
      PreSignUp: arnOf('Before'),
      PostAuthentication: arnOf('Later'),
    });
  });

  it('that a resource has stay, also if only the deployment knows them', () => {
    const stack = aStack();
    addTriggers(
      stack,
      aResource(stack, { preSignUp: PRE_SIGN_UP, postAuthentication: Fn.importValue('post') }),
    );

    expect(configIn(stack)).toEqual({
      ...CHALLENGES,
      PreTokenGeneration: arnOf('guard-tokens'),
      PreSignUp: PRE_SIGN_UP,
      PostAuthentication: { 'Fn::ImportValue': 'post' },
    });
  });

  it.each([
    ['a choice of the deployment', Fn.conditionIf('Either', { PreSignUp: PRE_SIGN_UP }, {})],
    ['a value that is produced later', Lazy.any({ produce: () => ({ preSignUp: PRE_SIGN_UP }) })],
  ])('cannot be joined if they are %s', (_, lambdaConfig) => {
    const stack = aStack();

    expect(() => addTriggers(stack, aResource(stack, lambdaConfig))).toThrow(
      'The LambdaConfig of the user pool Shop/Pool is known only at deployment',
    );
  });
});

describe('a trigger that is taken', () => {
  const CHALLENGE = 'Take it off the pool: a pool has one custom authentication';
  const PRE_TOKEN = 'give its function to EmailOtp as preTokenGeneration';
  const TAKEN = [
    ['defineAuthChallenge', UserPoolOperation.DEFINE_AUTH_CHALLENGE, CHALLENGE],
    ['createAuthChallenge', UserPoolOperation.CREATE_AUTH_CHALLENGE, CHALLENGE],
    ['verifyAuthChallengeResponse', UserPoolOperation.VERIFY_AUTH_CHALLENGE_RESPONSE, CHALLENGE],
    ['preTokenGeneration', UserPoolOperation.PRE_TOKEN_GENERATION, PRE_TOKEN],
    ['preTokenGenerationConfig', UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, PRE_TOKEN],
  ] as const;
  const errorFor = (name: string, remedy: string) =>
    new RegExp(`^The user pool Shop/Pool has a trigger ${name} already, which EmailOtp needs\\. .*${remedy}`);

  it.each(TAKEN)('of a construct is an error that says what to do: %s', (name, operation, remedy) => {
    const stack = aStack();
    const userPool = new UserPool(stack, 'Pool');
    userPool.addTrigger(operation, aFunction(stack, 'Own'), LambdaVersion.V1_0);

    expect(() => addTriggers(stack, userPool)).toThrow(errorFor(name, remedy));
  });

  it.each(TAKEN)('of a resource is an error that says what to do: %s', (name, _, remedy) => {
    const stack = aStack();
    const own = name === 'preTokenGenerationConfig' ? { lambdaArn: PRE_SIGN_UP } : PRE_SIGN_UP;

    expect(() => addTriggers(stack, aResource(stack, { [name]: own }))).toThrow(errorFor(name, remedy));
  });
});
