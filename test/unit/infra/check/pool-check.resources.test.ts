import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Annotations, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  CfnUserPool,
  CfnUserPoolClient,
  type CfnUserPoolClientProps,
  type CfnUserPoolProps,
  UserPool,
} from 'aws-cdk-lib/aws-cognito';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { describe, expect, it } from 'vitest';
import { EmailOtp } from '../../../../infra/email-otp.ts';
import { anApp } from '../../../support/infra/templates.ts';
import { problemsOf, SAFE, SOUND, SRP, warningsOf } from './a-shop.ts';

const NO_RECOVERY = { recoveryMechanisms: [{ name: 'admin_only', priority: 1 }] };
const KEEP_ORIGINAL = { attributesRequireVerificationBeforeUpdate: ['email'] };
const SAFE_CLIENT = {
  explicitAuthFlows: ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  preventUserExistenceErrors: 'ENABLED',
  writeAttributes: ['locale'],
  authSessionValidity: 15,
};

const aStack = () => {
  const app = anApp();
  return { app, stack: new Stack(app, 'Shop') };
};

const addOtp = (stack: Stack, userPool: CfnUserPool) =>
  new EmailOtp(stack, 'EmailOtp', { userPool, emailSender: 'otp@example.com', senderIdentity: 'existing' });

/** A pool and a client as resources. Nothing is wrong with either unless it is given. */
const aShop = (pool: CfnUserPoolProps = {}, client: Partial<CfnUserPoolClientProps> = {}) => {
  const it = aStack();
  const userPool = new CfnUserPool(it.stack, 'Pool', {
    accountRecoverySetting: NO_RECOVERY,
    userAttributeUpdateSettings: KEEP_ORIGINAL,
    ...pool,
  });
  addOtp(it.stack, userPool);
  new CfnUserPoolClient(it.stack, 'Web', { ...SAFE_CLIENT, userPoolId: userPool.ref, ...client });
  return { ...it, userPool };
};

describe('a pool and a client that are resources', () => {
  it('are taken if nothing is wrong with them', () => {
    expect(warningsOf(aShop())).toEqual([]);
  });

  it.each<[string, CfnUserPoolProps, string]>([
    ['recovery', { accountRecoverySetting: {} }, 'AccountRecoverySetting.RecoveryMechanisms'],
    ['a second factor', { mfaConfiguration: 'ON' }, 'MfaConfiguration: OFF'],
    [
      'devices',
      { deviceConfiguration: { challengeRequiredOnNewDevice: true } },
      'without deviceTracking (in CloudFormation, no DeviceConfiguration)',
    ],
  ])(
    'are refused for the door that is open, in the words of the CDK and of CloudFormation: %s',
    (_, pool, property) => {
      const [problem, ...others] = problemsOf(aShop(pool));

      expect(others).toEqual([]);
      expect(problem).toMatch(/The user pool Shop\/Pool .* Create it with.* \(in CloudFormation, /);
      expect(problem).toContain(property);
    },
  );

  it('are refused for a client that lets users in without the code', () => {
    expect(problemsOf(aShop({}, { explicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] }))).toEqual([
      expect.stringContaining('The client Shop/Web lets users sign in without the code, by ALLOW_USER_SRP'),
    ]);
  });

  it('are refused for triggers that are overwritten', () => {
    const shop = aShop();
    shop.userPool.lambdaConfig = {};

    expect(problemsOf(shop)).toHaveLength(4);
  });

  it('are named in warnings with the property to set', () => {
    const client = { writeAttributes: [], preventUserExistenceErrors: 'LEGACY', authSessionValidity: 3 };
    const warnings = warningsOf(
      aShop({ userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdate: [] } }, client),
    );

    expect(warnings).toEqual([
      expect.stringContaining('(in CloudFormation, UserAttributeUpdateSettings.'),
      expect.stringContaining('(in CloudFormation, AuthSessionValidity: 15)'),
      expect.stringContaining('(in CloudFormation, WriteAttributes without email)'),
      expect.stringContaining('(in CloudFormation, PreventUserExistenceErrors: ENABLED)'),
    ]);
  });
});

describe('the resource in a construct', () => {
  const aBackend = (props = SOUND) => {
    const it = aStack();
    const userPool = new UserPool(it.stack, 'Pool', props);
    addOtp(it.stack, userPool.node.defaultChild as CfnUserPool);
    return { ...it, userPool };
  };

  it('is checked with the clients of the construct, by the names of the constructs', () => {
    const shop = aBackend({ ...SOUND, keepOriginal: { email: false } });
    shop.userPool.addClient('Web', { ...SAFE, preventUserExistenceErrors: false });

    expect(warningsOf(shop)).toEqual([
      expect.stringMatching(/^The user pool Shop\/Pool sends .* \(in CloudFormation, UserAttribute/),
      expect.stringMatching(/^The client Shop\/Pool\/Web tells .* \(in CloudFormation, PreventUser/),
    ]);
  });

  it('is refused for a client that the construct makes unsafe', () => {
    const shop = aBackend();
    shop.userPool.addClient('Web', SRP);

    expect(problemsOf(shop)).toEqual([expect.stringContaining('The client Shop/Pool/Web lets users')]);
  });
});

describe('an included template', () => {
  const include = (stack: Stack, properties: object, flows: readonly string[]) => {
    const folder = mkdtempSync(join(tmpdir(), 'include-'));
    const templateFile = join(folder, 'template.json');
    const Client = {
      Type: 'AWS::Cognito::UserPoolClient',
      Properties: { UserPoolId: { Ref: 'Pool' }, ExplicitAuthFlows: flows },
    };
    const Resources = { Pool: { Type: 'AWS::Cognito::UserPool', Properties: properties }, Client };
    writeFileSync(templateFile, JSON.stringify({ Resources }));
    const template = new CfnInclude(stack, 'Template', { templateFile });
    rmSync(folder, { recursive: true });
    return addOtp(stack, template.getResource('Pool') as CfnUserPool);
  };
  const POOL = { AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] } };

  it('keeps what its pool has and gets the triggers', () => {
    const { stack } = aStack();
    include(stack, { ...POOL, LambdaConfig: { PreSignUp: 'arn:pre-sign-up' } }, ['ALLOW_CUSTOM_AUTH']);

    const { Pool } = Template.fromStack(stack).findResources('AWS::Cognito::UserPool');
    expect(Pool?.Properties).toMatchObject(POOL);
    expect(Object.keys(Pool?.Properties.LambdaConfig).toSorted()).toEqual([
      'CreateAuthChallenge',
      'DefineAuthChallenge',
      'PreSignUp',
      'PreTokenGeneration',
      'VerifyAuthChallengeResponse',
    ]);
  });

  it('is refused for its open doors, by the paths of its resources', () => {
    const { app, stack } = aStack();
    include(stack, {}, ['ALLOW_USER_PASSWORD_AUTH']);

    expect(problemsOf({ app })).toEqual([
      expect.stringContaining('The client Shop/Template/Client lets users sign in without the code'),
      expect.stringContaining('The user pool Shop/Template/Pool lets whoever reads the mailbox'),
    ]);
  });
});

describe('a warning about a resource', () => {
  it.each<[string, (shop: ReturnType<typeof aShop>) => void]>([
    ['of the pool', ({ userPool }) => Annotations.of(userPool).acknowledgeWarning('EmailOtp-PoolMfa')],
    ['of the stack', ({ stack }) => Annotations.of(stack).acknowledgeWarning('EmailOtp-PoolMfa')],
    [
      'by the newer way',
      ({ userPool }) => Validations.of(userPool).acknowledge({ id: 'EmailOtp-PoolMfa', reason: 'known' }),
    ],
  ])('is not given again if somebody has said why: %s', (_, acknowledge) => {
    const shop = aShop({ mfaConfiguration: 'OPTIONAL' });
    expect(warningsOf(aShop({ mfaConfiguration: 'OPTIONAL' }))).toHaveLength(1);
    acknowledge(shop);

    expect(warningsOf(shop)).toEqual([]);
  });

  it('in a construct is acknowledged at the construct', () => {
    const { app, stack } = aStack();
    const userPool = new UserPool(stack, 'Pool', { ...SOUND, keepOriginal: { email: false } });
    addOtp(stack, userPool.node.defaultChild as CfnUserPool);
    Annotations.of(userPool).acknowledgeWarning('EmailOtp-UnverifiedChange', 'addresses are fixed');

    expect(warningsOf({ app })).toEqual([]);
  });
});
