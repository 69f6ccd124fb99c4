import { describe, expect, test } from 'vitest';
import { AwsError, type JsonObject } from '../../../../../local/ground/service.ts';
import { aMail, aSes } from './ses-fixture.ts';

const text = (Data: unknown) => ({ Data, Charset: 'UTF-8' });

const withHeaders = (...Headers: readonly unknown[]) =>
  aMail({ Content: { Simple: { Subject: text('S'), Body: { Text: text('T') }, Headers } } });

const refusalOf = (mail: JsonObject): AwsError => {
  using service = aSes();
  try {
    service.ses.sendEmail(mail);
  } catch (error) {
    if (error instanceof AwsError) {
      expect(service.inbox.all()).toEqual([]);
      return error;
    }
    throw error;
  }
  return expect.unreachable('the mail was taken');
};

test('puts an accepted mail into the inbox, announces it and returns its id', () => {
  using service = aSes();

  const { MessageId } = service.ses.sendEmail(aMail());

  expect(service.inbox.all()).toEqual([
    {
      messageId: MessageId,
      from: 'Example <otp@example.com>',
      to: ['alice@example.net'],
      subject: 'Subject',
      text: 'Text',
      html: '<p>Html</p>',
      headers: {},
      tags: { challenge: 'id-1' },
      receivedAt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T.*Z$/),
    },
  ]);
  expect(service.told).toEqual(service.inbox.all());
});

test('has no idempotency: the same mail twice is two mails with two ids', () => {
  using service = aSes();

  const ids = [service.ses.sendEmail(aMail()), service.ses.sendEmail(aMail())].map(
    ({ MessageId }) => MessageId,
  );

  expect(new Set(ids).size).toBe(2);
  expect(service.inbox.all().map(({ messageId }) => messageId)).toEqual(ids);
});

test('keeps its inbox over a restart', () => {
  const { folder, ses, [Symbol.dispose]: close } = aSes();
  const { MessageId } = ses.sendEmail(aMail());
  close();

  using restarted = aSes({ folder });

  expect(restarted.inbox.get(String(MessageId))?.text).toBe('Text');
});

test('keeps the headers of a mail', () => {
  using service = aSes();

  service.ses.sendEmail(withHeaders({ Name: 'Auto-Submitted', Value: 'auto-generated' }));

  expect(service.inbox.all()[0]?.headers).toEqual({ 'Auto-Submitted': 'auto-generated' });
});

test('keeps who gets replies, and says so in SES’s events', async () => {
  using service = aSes();

  service.ses.sendEmail(aMail({ ReplyToAddresses: ['Help <help@example.net>'] }));
  await service.feedback.settled();

  expect(service.inbox.all()[0]?.replyTo).toEqual(['Help <help@example.net>']);
  const mail = service.events[0]?.detail.mail;
  expect(mail).toMatchObject({ commonHeaders: { replyTo: ['Help <help@example.net>'] } });
});

test.each([
  ['a verified address, however it is written', { FromEmailAddress: 'OTP@Example.com' }],
  ['any address of a verified domain', { FromEmailAddress: 'codes@example.org' }],
  ['no configuration set', { ConfigurationSetName: undefined }],
  ['no tags', { EmailTags: undefined }],
  ['an encoded name of its sender', { FromEmailAddress: '=?UTF-8?Q?M=C3=BCller?= <otp@example.com>' }],
  ['a name of its sender in quotes', { FromEmailAddress: '"Shop, Inc." <otp@example.com>' }],
  ['a name of its sender with a dot', { FromEmailAddress: 'Shop Inc. <otp@example.com>' }],
  ['an address for answers', { ReplyToAddresses: ['Help <help@example.net>'] }],
  ['a recipient in Punycode', { Destination: { ToAddresses: ['erika@xn--bcher-kva.example'] } }],
  ['a recipient in quotes', { Destination: { ToAddresses: ['"alice..b"@example.net'] } }],
  ['a display name for the recipient', { Destination: { ToAddresses: ['Alice <alice@example.net>'] } }],
  ['a text alone', { Content: { Simple: { Subject: text('S'), Body: { Text: text('T') } } } }],
])('takes a mail with %s', (_, changes) => {
  using service = aSes();

  service.ses.sendEmail(aMail(changes));

  expect(service.inbox.all()).toHaveLength(1);
});

test('takes every sender when the stack makes no identity and uses one that is there already', () => {
  using service = aSes({ identities: [] });

  service.ses.sendEmail(aMail({ FromEmailAddress: 'Example <otp@example.net>' }));

  expect(service.inbox.all()).toHaveLength(1);
});

describe('refuses a mail', () => {
  const to = (...ToAddresses: readonly unknown[]) => ({ Destination: { ToAddresses } });
  const tag = (Name: unknown, Value: unknown) => ({ EmailTags: [{ Name, Value }] });

  test.each([
    ['from an address that is not verified', { FromEmailAddress: 'otp@example.net' }, 'MessageRejected'],
    ['from a subdomain of a verified address', { FromEmailAddress: 'otp@x.example.com' }, 'MessageRejected'],
    ['without a sender', { FromEmailAddress: undefined }, 'BadRequestException'],
    ['from a domain outside ASCII', { FromEmailAddress: 'otp@bücher.example' }, 'BadRequestException'],
    ['from two senders', { FromEmailAddress: 'Shop, Inc <otp@example.com>' }, 'BadRequestException'],
    [
      'from a name with an open quote',
      { FromEmailAddress: '"Shop <otp@example.com>' },
      'BadRequestException',
    ],
    ['with an answer to no address', { ReplyToAddresses: ['help'] }, 'BadRequestException'],
    [
      'with an answer to a name outside ASCII',
      { ReplyToAddresses: ['hilfe-für@example.com'] },
      'BadRequestException',
    ],
    ['of an unknown configuration set', { ConfigurationSetName: 'other' }, 'NotFoundException'],
    ['without a recipient', { Destination: {} }, 'BadRequestException'],
    ['without a destination', { Destination: undefined }, 'BadRequestException'],
    ['to something that is no address', to('alice'), 'BadRequestException'],
    ['to an address with a space', to('alice @example.net'), 'BadRequestException'],
    ['to a domain outside ASCII', to('erika@bücher.example'), 'BadRequestException'],
    ['to a name outside ASCII', to('jörg@example.net'), 'BadRequestException'],
    ['to a name with dots in a row', to('alice..b@example.net'), 'BadRequestException'],
    ['from a name outside ASCII', { FromEmailAddress: 'Müller <otp@example.com>' }, 'BadRequestException'],
    ['to one bad address among good ones', to('alice@example.net', '@'), 'BadRequestException'],
    ['to 51 recipients', to(...Array(51).fill('alice@example.net')), 'BadRequestException'],
    ['without content', { Content: undefined }, 'BadRequestException'],
    ['with raw content', { Content: { Raw: { Data: 'x' } } }, 'BadRequestException'],
    ['without a subject', { Content: { Simple: { Body: { Text: text('T') } } } }, 'BadRequestException'],
    ['without a body', { Content: { Simple: { Subject: text('S'), Body: {} } } }, 'BadRequestException'],
    ['with a tag of odd characters', tag('challenge', 'a b'), 'BadRequestException'],
    ['with a tag that is too long', tag('challenge', 'a'.repeat(257)), 'BadRequestException'],
    ['with an empty tag', tag('', 'x'), 'BadRequestException'],
    ['with a tag without a value', tag('challenge', undefined), 'BadRequestException'],
    ['with a tag that is no object', { EmailTags: [null] }, 'BadRequestException'],
    ['that is empty', { Destination: null, Content: null, FromEmailAddress: null }, 'BadRequestException'],
  ])('%s', (_, changes, code) => {
    const refusal = refusalOf(aMail(changes));

    expect(refusal.code).toBe(code);
  });

  const header = (Name: unknown, Value: unknown) => [{ Name, Value }];

  test.each([
    ['that SES writes itself', header('Reply-To', 'help@example.com')],
    ['with a colon in its name', header('X-A:', 'x')],
    ['with a name of 127 characters', header('x'.repeat(127), 'x')],
    ['without a value', header('X-A', undefined)],
    ['with a line break', header('X-A', 'x\r\nBcc: bob@example.com')],
    ['with a value outside ASCII', header('X-A', 'ü')],
    ['with a value of 871 characters', header('X-A', 'x'.repeat(871))],
    ['that is the sixteenth', Array.from({ length: 16 }, (_, n) => ({ Name: `X-${n}`, Value: 'x' }))],
  ])('with a header %s', (_, headers) => {
    expect(refusalOf(withHeaders(...headers)).code).toBe('BadRequestException');
  });
});
