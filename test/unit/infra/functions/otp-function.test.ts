import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountRecovery, UserPool } from 'aws-cdk-lib/aws-cognito';
import { describe, expect, it, test } from 'vitest';
import type { EmailOtpProps } from '../../../../infra/email-otp.ts';
import { EmailOtp } from '../../../../infra/email-otp.ts';
import { envSchema as create } from '../../../../services/create-auth-challenge/config.ts';
import { envSchema as define } from '../../../../services/define-auth-challenge/config.ts';
import { envSchema as deliver } from '../../../../services/deliver-code/config.ts';
import { envSchema as userRecord } from '../../../../services/guard-tokens/config.ts';
import { envSchema as record } from '../../../../services/record-feedback/config.ts';
import { envSchema as sweep } from '../../../../services/sweep-challenges/config.ts';
import { envSchema as verify } from '../../../../services/verify-auth-challenge/config.ts';
import { type Limits, limitsReadBy } from '../../../../shared/domain/limits.ts';
import { type EnvSchema, readConfig, variableName } from '../../../../shared/lambda/config.ts';
import { anApp } from '../../../support/infra/templates.ts';
import { DEFAULT_LIMITS } from '../../../support/table/challenges.ts';

const synthesize = (props: Partial<EmailOtpProps> = {}): Template => {
  const stack = new Stack(anApp(), 'Shop');
  const userPool = new UserPool(stack, 'Customers', { accountRecovery: AccountRecovery.NONE });
  new EmailOtp(stack, 'EmailOtp', { userPool, emailSender: 'otp@example.com', ...props });
  return Template.fromStack(stack);
};

/** The environment of the function whose construct has the name of this service. */
const environmentOf = (template: Template, service: string): Readonly<Record<string, string>> => {
  const construct = service.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const [found] = Object.entries(template.findResources('AWS::Lambda::Function')).filter(([id]) =>
    id.startsWith(`EmailOtp${construct}`),
  );
  const { Variables = {} } = found?.[1].Properties.Environment ?? {};
  // A value that CloudFormation fills in becomes some text.
  const entries = Object.entries(Variables).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return Object.fromEntries(entries);
};

/** All limits differ from their defaults, so that no default can pass for the given value. */
const GIVEN: Limits = {
  codeLength: 8,
  codeLifetime: 420,
  maxAttempts: 4,
  maxRounds: 9,
  lockThreshold: 21,
  lockDuration: 1200,
  maxFailures: 99,
  resendCooldown: 31,
  laterResendCooldown: 61,
  sendsPerWindow: 6,
  sendsPerDay: 22,
  ordersPerWindow: 61,
  ordersPerDay: 201,
  statusRounds: 11,
  reportLock: 20 * 60,
  auditRetention: 30 * 86_400,
};

const {
  codeLifetime,
  lockDuration,
  resendCooldown,
  laterResendCooldown,
  auditRetention,
  reportLock,
  ...counts
} = GIVEN;
const given = synthesize({
  ...counts,
  codeLifetime: Duration.seconds(codeLifetime),
  lockDuration: Duration.seconds(lockDuration),
  resendCooldown: Duration.seconds(resendCooldown),
  laterResendCooldown: Duration.seconds(laterResendCooldown),
  auditRetention: Duration.seconds(auditRetention),
  reportLock: Duration.seconds(reportLock),
});
const defaults = synthesize();

const CONFIGS: readonly (readonly [string, EnvSchema])[] = [
  ['define-auth-challenge', define],
  ['create-auth-challenge', create],
  ['verify-auth-challenge', verify],
  ['guard-tokens', userRecord],
  ['deliver-code', deliver],
  ['record-feedback', record],
  ['sweep-challenges', sweep],
];

describe.each(CONFIGS)('%s is deployed with', (service, schema) => {
  const limitsIn = (limits: Limits) =>
    Object.fromEntries(limitsReadBy(service).map((name) => [name, limits[name]]));

  it('exactly the variables that it needs', () => {
    const needed = Object.keys(schema).filter((name) => !schema[name]?.optional);

    expect(Object.keys(environmentOf(defaults, service)).toSorted()).toEqual(
      needed.map(variableName).toSorted(),
    );
  });

  test.each([
    ['by default', defaults, DEFAULT_LIMITS],
    ['as they are given', given, GIVEN],
  ])('the limits %s, in the units that it reads', (_, template, limits) => {
    const config = readConfig(schema, environmentOf(template, service));

    expect(config).toMatchObject(limitsIn(limits));
  });
});
