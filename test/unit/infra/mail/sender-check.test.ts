import { Annotations, Stack } from 'aws-cdk-lib';
import { Annotations as Found, Match, Template } from 'aws-cdk-lib/assertions';
import { AccountRecovery, UserPool } from 'aws-cdk-lib/aws-cognito';
import { describe, expect, it } from 'vitest';
import { EmailOtp, type EmailOtpProps } from '../../../../infra/email-otp.ts';
import { anApp } from '../../../support/infra/templates.ts';

const synthesize = (props: Partial<EmailOtpProps>, isAcknowledged = false) => {
  const stack = new Stack(anApp(), 'Shop');
  const userPool = new UserPool(stack, 'Pool', {
    accountRecovery: AccountRecovery.NONE,
    keepOriginal: { email: true },
    deletionProtection: true,
  });
  new EmailOtp(stack, 'EmailOtp', { userPool, emailSender: 'otp@example.com', ...props });
  if (isAcknowledged) Annotations.of(stack).acknowledgeWarning('EmailOtp-AddressIdentity', 'tried out');
  const warnings = Found.fromStack(stack).findWarning('*', Match.anyValue());
  const outputs = Template.fromStack(stack).findOutputs('*');
  return { warnings: warnings.map(({ entry }) => String(entry.data)), outputs };
};

const ofSender = (warnings: readonly string[]) =>
  warnings.filter((text) => /AddressIdentity|NoReply/.test(text));

describe('a sender that only its address is verified for', () => {
  it('is warned of at synthesis and in an output, with the reason and what to do', () => {
    const { warnings, outputs } = synthesize({});

    expect(ofSender(warnings)).toEqual([
      expect.stringMatching(/cannot pass DMARC.*set senderIdentity to domain/),
    ]);
    expect(outputs.EmailOtpSenderAdvice?.Value).toMatch(/cannot pass DMARC/);
  });

  it('can be acknowledged', () => {
    expect(ofSender(synthesize({}, true).warnings)).toEqual([]);
  });
});

describe('a sender whose domain is verified', () => {
  it('has all records in the outputs, with a DMARC record to begin with, and no warning', () => {
    const { warnings, outputs } = synthesize({ senderIdentity: 'domain' });

    expect(ofSender(warnings)).toEqual([]);
    expect(Object.keys(outputs)).toEqual(
      expect.arrayContaining(['EmailOtpDkimRecord1', 'EmailOtpMailFromMX', 'EmailOtpMailFromTXT']),
    );
    expect(outputs.EmailOtpDmarcRecord?.Value).toBe('_dmarc.example.com TXT "v=DMARC1; p=none"');
    expect(JSON.stringify(outputs.EmailOtpMailFromMX?.Value)).toContain(' MX 10 feedback-smtp.');
    expect(outputs.EmailOtpSenderAdvice).toBeUndefined();
  });
});

it('an address for replies that nobody reads is warned of', () => {
  const mail = { brand: { name: 'Shop', replyTo: 'no-reply@example.com' } };

  expect(ofSender(synthesize({ senderIdentity: 'existing', mail }).warnings)).toEqual([
    expect.stringContaining('brand.replyTo is no-reply@example.com'),
  ]);
});
