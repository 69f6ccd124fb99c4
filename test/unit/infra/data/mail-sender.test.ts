import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { describe, expect, it, test } from 'vitest';
import { MailSender } from '../../../../infra/data/mail-sender.ts';
import type { CompanyMail } from '../../../../infra/mail/company-mail.ts';
import { readSettings } from '../../../../infra/settings/settings.ts';
import { anApp } from '../../../support/infra/templates.ts';

const synthesize = (
  senderIdentity?: string,
  emailSender = 'Example <otp@mail.example.com>',
  mail?: CompanyMail,
) => {
  const stack = new Stack(anApp(), 'Mail');
  const settings = readSettings({ emailSender, senderIdentity, mail });
  const sender = new MailSender(stack, 'MailSender', { settings });
  sender.grantSend(new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }));
  const template = Template.fromStack(stack);
  const [policy] = Object.values(template.findResources('AWS::IAM::Policy'));
  const [id = ''] = Object.keys(template.findResources('AWS::SES::EmailIdentity'));
  return {
    template,
    statements: policy?.Properties.PolicyDocument.Statement,
    dkimRecords: stack.resolve(sender.dkimRecords),
    mailFromRecords: stack.resolve(sender.mailFromRecords),
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

    expect(template.toJSON().Resources[id].Properties).toMatchObject({
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

describe('the MAIL FROM domain', () => {
  const { template, id, mailFromRecords } = synthesize('domain');
  const domain = { 'Fn::Join': ['', ['otp-', { Ref: 'AWS::Region' }, '.mail.example.com']] };

  it('is one below the identity for each region, and without its records mails go as before', () => {
    expect(template.toJSON().Resources[id].Properties.MailFromAttributes).toEqual({
      MailFromDomain: domain,
      BehaviorOnMxFailure: 'USE_DEFAULT_VALUE',
    });
  });

  it('has a record for bounces, in the region, and one for SPF', () => {
    const mx = ['10 feedback-smtp.', { Ref: 'AWS::Region' }, '.amazonses.com'];

    expect(mailFromRecords).toEqual([
      { name: domain, type: 'MX', value: { 'Fn::Join': ['', mx] } },
      { name: domain, type: 'TXT', value: '"v=spf1 include:amazonses.com ~all"' },
    ]);
  });

  test.each(['address', 'existing'])('is not touched with senderIdentity=%s', (senderIdentity) => {
    const other = synthesize(senderIdentity);

    expect(other.mailFromRecords).toEqual([]);
    expect(JSON.stringify(other.template.toJSON())).not.toContain('MailFrom');
  });
});

describe('a brand', () => {
  const mail = { brand: { name: 'Café' } };

  it('is the name of a sender without one', () => {
    const { environment, statements } = synthesize('domain', 'otp@example.com', mail);

    expect(environment.emailSender).toBe('=?UTF-8?B?Q2Fmw6k=?= <otp@example.com>');
    expect(statements[0].Condition).toEqual({ StringEquals: { 'ses:FromAddress': 'otp@example.com' } });
  });

  it('does not take the place of the name that the sender has', () => {
    const { environment } = synthesize('domain', 'Sign-in <otp@example.com>', mail);

    expect(environment.emailSender).toBe('Sign-in <otp@example.com>');
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
