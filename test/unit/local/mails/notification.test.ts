import { expect, test } from 'vitest';
import { notificationOf } from '../../../../local/mails/notification.ts';
import { HOSTILE_BRAND, judgedCodeMail } from '../../../support/mail/judged-mails.ts';
import { BRAND, SHIPPED } from '../../../support/mail/mail-settings.ts';

const mail = await judgedCodeMail('en', BRAND);
const senderOf = (from: string): string => notificationOf({ ...mail, from }).sender;
const encoded = (text: string): string => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;

test('it shows the preheader, and neither what fills it up nor the code', () => {
  expect(notificationOf(mail)).toEqual({
    sender: BRAND.name,
    subject: mail.subject,
    preview: SHIPPED.texts.en?.preheader,
  });
});

test.each([
  ['a name', 'Example Shop <otp@example.com>', 'Example Shop'],
  ['a name in quotes', '"Example, Inc." <otp@example.com>', 'Example, Inc.'],
  ['an encoded name', `${encoded('Café Müller')} <otp@example.com>`, 'Café Müller'],
  ['a name in two encoded words', `${encoded('Café ')} ${encoded('日本')} <otp@example.com>`, 'Café 日本'],
  ['an address alone', 'otp@example.com', 'otp@example.com'],
  ['an address in brackets alone', '<otp@example.com>', '<otp@example.com>'],
])('the sender is shown by %s', (_, from, sender) => {
  expect(senderOf(from)).toBe(sender);
});

test('a name that needs to be escaped is shown as it is', async () => {
  const { sender, subject } = notificationOf(await judgedCodeMail('en', HOSTILE_BRAND));

  expect(sender).toBe(HOSTILE_BRAND.name);
  expect(subject).toContain(HOSTILE_BRAND.name);
});
