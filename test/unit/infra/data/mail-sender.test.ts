import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { describe, expect, it, test } from 'vitest';
import { MailSender } from '../../../../infra/data/mail-sender.ts';
import { readSettings } from '../../../../infra/settings/settings.ts';
import { anApp } from '../../../support/infra/templates.ts';

const synthesize = (senderIdentity?: string, emailSender = 'Example <otp@mail.example.com>') => {
  const stack = new Stack(anApp(), 'Mail');
  const settings = readSettings({ emailSender, senderIdentity });
  const sender = new MailSender(stack, 'MailSender', { settings });
  sender.grantSend(new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }));
  const template = Template.fromStack(stack);
  const [policy] = Object.values(template.findResources('AWS::IAM::Policy'));
  const [id = ''] = Object.keys(template.findResources('AWS::SES::EmailIdentity'));
  return {
    template,
    statements: policy?.Properties.PolicyDocument.Statement,
    dkimRecords: stack.resolve(sender.dkimRecords),
    environment: sender.environment,
    id,
  };
};

/** The ends of ARNs: `identity/example.com`, `identity/<Ref>`. */
const endsOf = (arns: readonly { readonly 'Fn::Join': readonly [string, readonly unknown[]] }[]) =>
  arns.map(({ 'Fn::Join': [, parts] }) =>
    parts
      .slice(6)
      .map((part) => (typeof part === 'string' ? part : `<${(part as { readonly Ref: string }).Ref}>`))
      .join('')
      .replace(/^:/, ''),
  );

describe.each([
  [undefined, 'otp@mail.example.com'],
  ['address', 'otp@mail.example.com'],
  ['domain', 'mail.example.com'],
])('the identity with senderIdentity=%s', (senderIdentity, identity) => {
  const { template, statements, id } = synthesize(senderIdentity);

  it(`is ${identity}, and its mails have the configuration set even without asking`, () => {
    const [configurationSet] = Object.keys(template.findResources('AWS::SES::ConfigurationSet'));

    expect(template.toJSON().Resources[id].Properties).toEqual({
      EmailIdentity: identity,
      ConfigurationSetAttributes: { ConfigurationSetName: { Ref: configurationSet } },
    });
  });

  it('is the only one that may be used, from the one address', () => {
    expect(statements).toHaveLength(1);
    expect(statements[0].Action).toBe('ses:SendEmail');
    expect(statements[0].Condition).toEqual({ StringEquals: { 'ses:FromAddress': 'otp@mail.example.com' } });
    expect(endsOf(statements[0].Resource)).toEqual([
      `identity/<${id}>`,
      expect.stringMatching(/^configuration-set\/<\w+>$/),
    ]);
  });
});

describe('a sender with letters outside ASCII', () => {
  const { template, statements, environment, id } = synthesize('domain', 'Müller GmbH <otp@bücher.example>');

  it('is sent from in the form of SES, under a condition for the bare address', () => {
    expect(environment.emailSender).toBe('=?UTF-8?B?TcO8bGxlciBHbWJI?= <otp@xn--bcher-kva.example>');
    expect(statements[0].Condition).toEqual({
      StringEquals: { 'ses:FromAddress': 'otp@xn--bcher-kva.example' },
    });
    expect(template.toJSON().Resources[id].Properties.EmailIdentity).toBe('xn--bcher-kva.example');
  });
});

describe('an existing identity', () => {
  const { template, statements } = synthesize('existing');

  it('is not made again', () => {
    template.resourceCountIs('AWS::SES::EmailIdentity', 0);
  });

  it('may be the address, its domain or one above, and the address stays the only one to send from', () => {
    expect(statements).toHaveLength(1);
    expect(statements[0].Condition).toEqual({ StringEquals: { 'ses:FromAddress': 'otp@mail.example.com' } });
    expect(endsOf(statements[0].Resource)).toEqual([
      'identity/otp@mail.example.com',
      'identity/mail.example.com',
      'identity/example.com',
      expect.stringMatching(/^configuration-set\/<\w+>$/),
    ]);
  });
});

describe('the DKIM records', () => {
  it('are three for a domain', () => {
    const { id, dkimRecords } = synthesize('domain');

    expect(dkimRecords).toEqual(
      [1, 2, 3].map((n) => ({
        name: { 'Fn::GetAtt': [id, `DkimDNSTokenName${n}`] },
        value: { 'Fn::GetAtt': [id, `DkimDNSTokenValue${n}`] },
      })),
    );
  });

  it.each(['address', 'existing'])('are nobody’s business with senderIdentity=%s', (senderIdentity) => {
    expect(synthesize(senderIdentity).dkimRecords).toEqual([]);
  });
});

describe.each(['address', 'domain', 'existing'])(
  'the configuration set with senderIdentity=%s',
  (identity) => {
    it('wants TLS, gives up after 5 minutes, suppresses on bounces only and tracks nobody', () => {
      const { template } = synthesize(identity);

      template.hasResourceProperties('AWS::SES::ConfigurationSet', {
        DeliveryOptions: { TlsPolicy: 'REQUIRE', MaxDeliverySeconds: 300 },
        SuppressionOptions: { SuppressedReasons: ['BOUNCE'] },
        TrackingOptions: Match.absent(),
      });
      const [destination] = Object.values(
        template.findResources('AWS::SES::ConfigurationSetEventDestination'),
      );
      expect(destination?.Properties.EventDestination.MatchingEventTypes).not.toContain('open');
      expect(destination?.Properties.EventDestination.MatchingEventTypes).not.toContain('click');
    });
  },
);

test.each([300, 450, 600])('SES stops trying when a code of %s seconds has expired', (codeLifetime) => {
  const stack = new Stack(anApp(), 'Mail');
  const settings = readSettings({ emailSender: 'otp@example.com', codeLifetime });
  new MailSender(stack, 'MailSender', { settings });

  Template.fromStack(stack).hasResourceProperties('AWS::SES::ConfigurationSet', {
    DeliveryOptions: Match.objectLike({ MaxDeliverySeconds: codeLifetime }),
  });
});
