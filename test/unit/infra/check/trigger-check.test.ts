import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import { describe, expect, it } from 'vitest';
import { aFunction, aShop, problemsOf, type Shop } from './a-shop.ts';

const poolOf = ({ userPool }: Shop) => userPool.node.defaultChild as CfnUserPool;
const arnOf = ({ stack }: Shop, id: string) => ({
  'Fn::GetAtt': [stack.getLogicalId(stack.node.findChild(id).node.defaultChild as CfnUserPool), 'Arn'],
});

describe('the triggers of the pool', () => {
  it.each([
    ['DefineAuthChallenge', 'define-auth-challenge', 'nobody can sign in'],
    ['CreateAuthChallenge', 'create-auth-challenge', 'nobody can sign in'],
    ['VerifyAuthChallengeResponse', 'verify-auth-challenge', 'nobody can sign in'],
    ['PreTokenGeneration', 'guard-tokens', 'it gives tokens without a code'],
  ])('are missed when one is gone, or is somebody else’s: %s', (property, service, harm) => {
    const gone = aShop();
    poolOf(gone).addPropertyDeletionOverride(`LambdaConfig.${property}`);
    const foreign = aShop();
    poolOf(foreign).addPropertyOverride(
      `LambdaConfig.${property}`,
      aFunction(foreign.stack, 'Own').functionArn,
    );

    for (const shop of [gone, foreign]) {
      const [problem, ...others] = problemsOf(shop);
      expect(others).toEqual([]);
      expect(problem).toContain(`The user pool Shop/Pool does not call ${service}`);
      expect(problem).toContain(harm);
      expect(problem).toContain('userPool.addTrigger');
    }
  });

  it('are missed when lambdaConfig is assigned, all four', () => {
    const shop = aShop();
    poolOf(shop).lambdaConfig = { preSignUp: aFunction(shop.stack, 'Own').functionArn };

    expect(problemsOf(shop)).toHaveLength(4);
  });

  it('may have others beside them', () => {
    const shop = aShop();
    poolOf(shop).addPropertyOverride('LambdaConfig.PostAuthentication', arnOf(shop, 'guard-tokens'));

    expect(problemsOf(shop)).toEqual([]);
  });
});

describe('the newer property for the last gate', () => {
  const configured = (shop: Shop, id: string, LambdaVersion: string) => {
    poolOf(shop).addPropertyOverride('LambdaConfig.PreTokenGenerationConfig', {
      LambdaArn: arnOf(shop, id),
      LambdaVersion,
    });
    return shop;
  };

  it('is taken with the same function, beside the older one or alone', () => {
    const alone = configured(aShop(), 'guard-tokens', 'V1_0');
    poolOf(alone).addPropertyDeletionOverride('LambdaConfig.PreTokenGeneration');

    expect(problemsOf(configured(aShop(), 'guard-tokens', 'V1_0'))).toEqual([]);
    expect(problemsOf(alone)).toEqual([]);
  });

  it.each([
    ['another function', 'define-auth-challenge', 'V1_0'],
    ['a version that wants another answer', 'guard-tokens', 'V2_0'],
  ])('is refused with %s', (_, id, version) => {
    expect(problemsOf(configured(aShop(), id, version))).toEqual([
      expect.stringContaining('does not call guard-tokens as EmailOtp set it'),
    ]);
  });
});
