import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeEml } from '../../../../../local/engines/ses/eml.ts';
import type { InboxMail } from '../../../../../local/engines/ses/inbox.ts';

const MAIL: InboxMail = {
  messageId: '0100-1',
  from: '=?UTF-8?Q?M=C3=BCller?= <otp@example.com>',
  to: ['alice@example.net'],
  replyTo: ['help@example.com'],
  subject: 'Your code',
  text: 'Your code:\n\n004217\n',
  html: '<p dir="ltr">004217</p>\n',
  headers: { 'Auto-Submitted': 'auto-generated' },
  tags: { challenge: 'id-1' },
  receivedAt: '2026-03-02T10:15:07.890Z',
};

/** The headers and parts of what was written, decoded as a mail program does. */
const read = (mail: Partial<InboxMail> = {}) => {
  const eml = writeEml({ ...MAIL, ...mail });
  const [head = '', ...rest] = eml.split('\r\n\r\n');
  const parts = rest.join('\r\n\r\n').split(/------=_Part_0100-1(?:--)?\r\n/);
  const decoded = parts
    .filter((part) => part !== '')
    .map((part) => {
      const [, type = '', body = ''] = /^Content-Type: ([\w/]+);.*?\r\n\r\n(.*)\r\n$/s.exec(part) ?? [];
      const bytes = body
        .replaceAll('=\r\n', '')
        .replaceAll('\r\n', '\n')
        .replaceAll(/=([\dA-F]{2})/g, (_, byte: string) => String.fromCharCode(Number.parseInt(byte, 16)));
      return { type, text: Buffer.from(bytes, 'latin1').toString('utf8') };
    });
  return { eml, headers: head.split(/\r\n(?! )/), parts: decoded };
};

test('has the headers of the sender and those that SES adds', () => {
  expect(read().headers).toEqual([
    'Date: Mon, 02 Mar 2026 10:15:07 +0000',
    'From: =?UTF-8?Q?M=C3=BCller?= <otp@example.com>',
    'Reply-To: help@example.com',
    'To: alice@example.net',
    'Message-ID: <0100-1@email.amazonses.com>',
    'Subject: Your code',
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative;\r\n boundary="----=_Part_0100-1"',
    'Auto-Submitted: auto-generated',
  ]);
});

test('has no Reply-To without an address for replies', () => {
  expect(read({ replyTo: [] }).eml).not.toContain('Reply-To');
});

test('has both parts, and only those that there are', () => {
  expect(read().parts).toEqual([
    { type: 'text/plain', text: MAIL.text },
    { type: 'text/html', text: MAIL.html },
  ]);
  expect(read({ html: '' }).parts).toEqual([{ type: 'text/plain', text: MAIL.text }]);
});

const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('=', ' ', '\n', '=3D', 'é'.repeat(80), 'x'.repeat(80)),
    ),
  )
  .map((pieces) => pieces.join('').replaceAll('\r', ''))
  .filter((text) => text !== '');

describe('whatever a mail says', () => {
  test('its lines are short and in ASCII, and what is read is what was written', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { eml, parts } = read({ text, html: '' });

        for (const line of eml.split('\r\n')) expect(line).toMatch(/^(?:|[!-~]|[ -~\t]{0,75}[!-~])$/);
        expect(parts[0]?.text).toBe(text);
      }),
    );
  });

  test('its subject is one header of encoded words', () => {
    const decode = (word: string) =>
      Buffer.from(word.slice('=?UTF-8?B?'.length, -'?='.length), 'base64').toString();
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const subject = `é${text}\r\nBcc: mallory@example.com`;

        const { headers } = read({ subject });

        expect(headers.filter((header) => header.startsWith('Bcc'))).toEqual([]);
        const words =
          headers
            .find((header) => header.startsWith('Subject: '))
            ?.slice(9)
            .split('\r\n ') ?? [];
        for (const word of words) expect(word.length).toBeLessThanOrEqual(75);
        expect(words.map(decode).join('')).toBe(subject);
      }),
    );
  });
});
