import { type CfnUserPool, FeaturePlan, type UserPoolProps } from 'aws-cdk-lib/aws-cognito';
import { describe, expect, it } from 'vitest';
import { aFunction, aShop, problemsOf, type Shop, SOUND } from './a-shop.ts';

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

describe('a later version of events', () => {
  const V2 = { preTokenGenerationVersion: 'V2_0' } as const;
  const configuredFor = (LambdaVersion: string, pool: UserPoolProps = SOUND) => {
    const shop = aShop(pool, V2);
    poolOf(shop).addPropertyDeletionOverride('LambdaConfig.PreTokenGeneration');
    poolOf(shop).addPropertyOverride('LambdaConfig.PreTokenGenerationConfig', {
      LambdaArn: arnOf(shop, 'guard-tokens'),
      LambdaVersion,
    });
    return shop;
  };

  it('is the right one if EmailOtp was told so, and no other is', () => {
    expect(problemsOf(configuredFor('V2_0'))).toEqual([]);
    for (const other of ['V1_0', 'V3_0']) {
      expect(problemsOf(configuredFor(other))).toEqual([expect.stringContaining('or in another version')]);
    }
  });

  it('is missed where the older property alone names the function', () => {
    expect(problemsOf(aShop(SOUND, V2))).toEqual([expect.stringContaining('does not call guard-tokens')]);
  });

  it('is refused on the Lite plan, which Cognito would refuse at the deployment', () => {
    const [problem, ...others] = problemsOf(
      configuredFor('V2_0', { ...SOUND, featurePlan: FeaturePlan.LITE }),
    );

    expect(others).toEqual([]);
    expect(problem).toContain('The user pool Shop/Pool is on the Lite plan');
    expect(problem).toContain(
      'featurePlan: FeaturePlan.ESSENTIALS or PLUS, or leave preTokenGenerationVersion',
    );
    expect(problemsOf(configuredFor('V2_0', { ...SOUND, featurePlan: FeaturePlan.PLUS }))).toEqual([]);
    expect(problemsOf(aShop({ ...SOUND, featurePlan: FeaturePlan.LITE }))).toEqual([]);
  });
});
