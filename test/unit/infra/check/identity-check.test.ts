import { type App, Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { EmailIdentity, Identity } from 'aws-cdk-lib/aws-ses';
import { describe, expect, it } from 'vitest';
import { EmailOtp, type EmailOtpProps } from '../../../../infra/email-otp.ts';
import { anApp } from '../../../support/infra/templates.ts';
import { problemsOf, SOUND, warningsOf } from './a-shop.ts';

const addOtp = (stack: Stack, id: string, props: Partial<EmailOtpProps> = {}) =>
  new EmailOtp(stack, id, {
    userPool: new UserPool(stack, `${id}Pool`, SOUND),
    emailSender: 'otp@example.com',
    ...props,
  });

const DOMAIN = { senderIdentity: 'domain' } as const;
const SHARED = 'create the same SES identity';
const stackIn = (app: App, id: string, region: string) =>
  new Stack(app, id, { env: { account: '111122223333', region } });

describe('two constructs of a stack that create the same SES identity', () => {
  it.each<[string, Partial<EmailOtpProps>, Partial<EmailOtpProps>]>([
    ['the same address', {}, { emailSender: 'Shop <otp@example.com>' }],
    ['the same domain', DOMAIN, { ...DOMAIN, emailSender: 'staff@example.com' }],
  ])('are refused by name, with what to do: %s', (_, one, other) => {
    const app = anApp();
    const stack = new Stack(app, 'Shop');
    addOtp(stack, 'ShopOtp', one);
    addOtp(stack, 'StaffOtp', other);
    const problems = problemsOf({ app });

    expect(problems).toHaveLength(2);
    expect(problems[0]).toContain(
      `Shop/ShopOtp/MailSender/Identity and Shop/StaffOtp/MailSender/Identity ${SHARED}`,
    );
    expect(problems[0]).toContain("senderIdentity: 'existing'");
  });

  it('are refused if the app makes the other by itself', () => {
    const app = anApp();
    const stack = new Stack(app, 'Shop');
    addOtp(stack, 'ShopOtp');
    new EmailIdentity(stack, 'Sender', { identity: Identity.email('otp@example.com') });

    expect(problemsOf({ app })).toEqual([expect.stringContaining(`and Shop/Sender ${SHARED}`)]);
  });

  it.each<[string, Partial<EmailOtpProps>]>([
    ['another address', { emailSender: 'staff@example.com' }],
    ['its domain', DOMAIN],
    ['an existing identity', { senderIdentity: 'existing' }],
  ])('are not those of which one has %s', (_, other) => {
    const app = anApp();
    const stack = new Stack(app, 'Shop');
    addOtp(stack, 'ShopOtp');
    addOtp(stack, 'StaffOtp', other);

    expect(problemsOf({ app })).toEqual([]);
  });
});

describe('two stacks that create the same SES identity', () => {
  it('are warned of, because their accounts may differ', () => {
    const app = anApp();
    addOtp(new Stack(app, 'Shop'), 'EmailOtp');
    addOtp(new Stack(app, 'Staff'), 'EmailOtp');
    const warnings = warningsOf({ app }).filter((text) => text.includes('EmailOtp-SharedIdentity'));

    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toContain(
      `Shop/EmailOtp/MailSender/Identity and Staff/EmailOtp/MailSender/Identity ${SHARED}`,
    );
  });

  it('are not warned of in two regions', () => {
    const app = anApp();
    addOtp(stackIn(app, 'Shop', 'eu-west-1'), 'EmailOtp');
    addOtp(stackIn(app, 'Staff', 'us-east-1'), 'EmailOtp');

    expect(warningsOf({ app }).filter((text) => text.includes(SHARED))).toEqual([]);
  });
});
