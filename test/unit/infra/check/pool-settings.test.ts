import { Fn, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  type CfnUserPool,
  Mfa,
  UserPoolOperation,
  type UserPoolProps,
} from 'aws-cdk-lib/aws-cognito';
import { describe, expect, it } from 'vitest';
import { aFunction, aShop, problemsOf, SOUND, warningsOf } from './a-shop.ts';

describe('account recovery', () => {
  it.each([
    ['NONE', AccountRecovery.NONE],
    ['PHONE_ONLY_WITHOUT_MFA', AccountRecovery.PHONE_ONLY_WITHOUT_MFA],
  ])('by other ways than the mailbox is taken: %s', (_, accountRecovery) => {
    expect(problemsOf(aShop({ ...SOUND, accountRecovery }))).toEqual([]);
  });

  it.each<[string, UserPoolProps]>([
    ['EMAIL_ONLY', { accountRecovery: AccountRecovery.EMAIL_ONLY }],
    ['EMAIL_AND_PHONE_WITHOUT_MFA', { accountRecovery: AccountRecovery.EMAIL_AND_PHONE_WITHOUT_MFA }],
    ['PHONE_WITHOUT_MFA_AND_EMAIL', { accountRecovery: AccountRecovery.PHONE_WITHOUT_MFA_AND_EMAIL }],
    ['PHONE_AND_EMAIL', { accountRecovery: AccountRecovery.PHONE_AND_EMAIL }],
  ])('by the mailbox is refused: %s', (_, props) => {
    const [problem, ...others] = problemsOf(aShop({ ...SOUND, ...props }));

    expect(others).toEqual([]);
    expect(problem).toContain('The user pool Shop/Pool lets whoever reads the mailbox replace the password');
    expect(problem).toContain('AccountRecovery.NONE or PHONE_ONLY_WITHOUT_MFA');
  });

  it('by the mailbox is CDK’s default, and refused too', () => {
    const { accountRecovery, ...others } = SOUND;

    expect(problemsOf(aShop(others))).toEqual([expect.stringContaining('replace the password')]);
  });

  it('by the mailbox is taken when that is said', () => {
    expect(
      problemsOf(
        aShop({ ...SOUND, accountRecovery: AccountRecovery.EMAIL_ONLY }, { allowEmailRecovery: true }),
      ),
    ).toEqual([]);
  });

  it('that is overridden is seen', () => {
    const app = aShop();
    const pool = app.userPool.node.defaultChild as CfnUserPool;
    pool.addPropertyDeletionOverride('AccountRecoverySetting');

    expect(problemsOf(app)).toEqual([expect.stringContaining('replace the password')]);
  });
});

/** The pool with a property as an override or an L1 would set it. */
const overridden = (path: string, value: unknown) => {
  const shop = aShop();
  (shop.userPool.node.defaultChild as CfnUserPool).addPropertyOverride(path, value);
  return shop;
};

describe('a pool without a fault', () => {
  it('gets no error and no warning', () => {
    expect(warningsOf(aShop())).toEqual([]);
  });
});

describe('a pool with which nobody could sign in, or not by the code', () => {
  it.each<[string, UserPoolProps, string, string]>([
    [
      'remembers devices',
      { deviceTracking: { challengeRequiredOnNewDevice: true, deviceOnlyRememberedOnUserPrompt: true } },
      'remembers devices',
      'without deviceTracking',
    ],
    [
      'requires a factor of its own',
      { mfa: Mfa.REQUIRED, mfaSecondFactor: { otp: true, sms: false } },
      'requires a second factor',
      'Mfa.OFF',
    ],
    [
      'signs users in by a passkey',
      { signInPolicy: { allowedFirstAuthFactors: { password: true, passkey: true } } },
      'in place of the password',
      'allowedFirstAuthFactors: { password: true }',
    ],
    [
      'signs users in by a code by mail alone',
      { signInPolicy: { allowedFirstAuthFactors: { password: true, emailOtp: true } } },
      'in place of the password',
      'allowedFirstAuthFactors: { password: true }',
    ],
  ])('is refused with what to do: it %s', (_, props, what, remedy) => {
    const [problem, ...others] = problemsOf(aShop({ ...SOUND, ...props }));

    expect(others).toEqual([]);
    expect(problem).toContain(`The user pool Shop/Pool `);
    expect(problem).toContain(what);
    expect(problem).toContain(remedy);
  });

  it.each([
    [
      'passkeys as a second factor',
      'WebAuthnFactorConfiguration',
      'MULTI_FACTOR_WITH_USER_VERIFICATION',
      'a passkey as a second',
    ],
    [
      'a value that only the deployment knows',
      'WebAuthnFactorConfiguration',
      { Ref: 'Passkeys' },
      'a passkey as a second',
    ],
  ])('is refused for %s', (_, path, value, what) => {
    const shop = overridden('MfaConfiguration', 'OPTIONAL');
    (shop.userPool.node.defaultChild as CfnUserPool).addPropertyOverride(path, value);

    expect(problemsOf(shop)).toEqual([expect.stringContaining(what)]);
  });

  it('is refused for a second factor that only the deployment knows of', () => {
    expect(problemsOf(overridden('MfaConfiguration', Fn.importValue('mfa')))).toEqual([
      expect.stringContaining('requires a second factor'),
    ]);
  });

  it('is taken with passkeys for other pools’ sake, where it asks for no second factor', () => {
    expect(problemsOf(overridden('WebAuthnFactorConfiguration', 'SINGLE_FACTOR'))).toEqual([]);
  });
});

/** A choice that the deployment makes, as CloudFormation writes it. */
const either = (one: unknown, other: unknown) => ({ 'Fn::If': ['IsTest', one, other] });
const NO_VALUE = { Ref: 'AWS::NoValue' };
const signIn = (factors: unknown) => ({ SignInPolicy: { AllowedFirstAuthFactors: factors } });

describe('first factors that the deployment chooses', () => {
  it.each([
    ['of all policies', 'Policies', either(NO_VALUE, signIn(['PASSWORD', 'EMAIL_OTP']))],
    [
      'of the sign-in policy',
      'Policies.SignInPolicy',
      either({ AllowedFirstAuthFactors: ['WEB_AUTHN'] }, NO_VALUE),
    ],
    ['of the factors', 'Policies', signIn(either(['PASSWORD'], ['PASSWORD', 'SMS_OTP']))],
    ['in a choice', 'Policies', either(either(signIn(['EMAIL_OTP']), NO_VALUE), NO_VALUE)],
    ['that it alone knows', 'Policies', { Ref: 'Policies' }],
    ['of a policy that it alone knows', 'Policies.SignInPolicy', Fn.importValue('policy')],
  ])('are refused if one of them is more than the password: a choice %s', (_, path, value) => {
    expect(problemsOf(overridden(path, value))).toEqual([
      expect.stringContaining('in place of the password'),
    ]);
  });

  it.each([
    ['of all policies', 'Policies', either(NO_VALUE, signIn(['PASSWORD']))],
    [
      'of the sign-in policy',
      'Policies.SignInPolicy',
      either(NO_VALUE, { AllowedFirstAuthFactors: ['PASSWORD'] }),
    ],
    ['of the factors', 'Policies', signIn(either(['PASSWORD'], NO_VALUE))],
    ['of another policy', 'Policies', either({ PasswordPolicy: { MinimumLength: 12 } }, NO_VALUE)],
  ])('are taken if each is the password: a choice %s', (_, path, value) => {
    expect(problemsOf(overridden(path, value))).toEqual([]);
  });
});

describe('a pool in which some users are in trouble', () => {
  it.each<[string, UserPoolProps, string]>([
    [
      'a second factor that users may set up',
      { mfa: Mfa.OPTIONAL, mfaSecondFactor: { otp: true, sms: false } },
      'PoolMfa',
    ],
    ['a phone number as the only name', { signInAliases: { phone: true } }, 'PhoneOnly'],
    ['a phone number as the only alias', { signInAliases: { username: true, phone: true } }, 'PhoneOnly'],
    ['a new address that nobody has opened yet', { keepOriginal: { email: false } }, 'UnverifiedChange'],
  ])('is named in a warning: %s', (_, props, id) => {
    expect(warningsOf(aShop({ ...SOUND, ...props }))).toEqual([
      expect.stringMatching(new RegExp(`^The user pool Shop/Pool .* \\[ack: .*EmailOtp-${id}\\]$`)),
    ]);
  });

  it('is named for a user migration trigger, which the sign-in never calls', () => {
    const shop = aShop();
    shop.userPool.addTrigger(UserPoolOperation.USER_MIGRATION, aFunction(shop.stack, 'Migration'));

    expect(warningsOf(shop)).toEqual([expect.stringContaining('has a user migration trigger')]);
  });

  it('is not named for a phone number where everybody has an address', () => {
    const standardAttributes = { email: { required: true, mutable: true } };

    expect(warningsOf(aShop({ ...SOUND, signInAliases: { phone: true }, standardAttributes }))).toEqual([]);
  });

  it('is not named again if somebody has said why', () => {
    const shop = aShop({ ...SOUND, keepOriginal: { email: false } });
    Validations.of(shop.stack).acknowledge({
      id: 'EmailOtp-UnverifiedChange',
      reason: 'addresses are fixed',
    });

    expect(warningsOf(shop)).toEqual([]);
  });
});
