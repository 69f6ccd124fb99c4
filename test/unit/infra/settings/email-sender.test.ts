import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { senderAddress, senderDomain } from '../../../../infra/settings/email-sender.ts';
import { readSettings, SettingsError } from '../../../../infra/settings/settings.ts';

const problemsOf = (emailSender: unknown): readonly string[] => {
  try {
    readSettings({ emailSender });
  } catch (error) {
    if (error instanceof SettingsError) return error.message.split('\n- ').slice(1);
    throw error;
  }
  return expect.unreachable('the sender was taken');
};

/** What a mail program shows of encoded words (RFC 2047): the white space between them is no part of the text. */
const decoded = (words: string): string =>
  words
    .split(' ')
    .map((word) => Buffer.from(word.slice('=?UTF-8?B?'.length, -2), 'base64').toString())
    .join('');

describe('emailSender', () => {
  test.each([
    ['otp@example.com', 'otp@example.com'],
    ['otp+codes@mail.example.co.uk', 'otp+codes@mail.example.co.uk'],
    ['Example <otp@example.com>', 'otp@example.com'],
    ['"Example, Inc." <otp@example.com>', 'otp@example.com'],
    ['"help@example.com" <otp@example.com>', 'otp@example.com'],
  ])('takes %s', (emailSender, address) => {
    const settings = readSettings({ emailSender });

    expect(settings.emailSender).toBe(emailSender);
    expect(senderAddress(settings.emailSender)).toBe(address);
    expect(senderDomain(settings.emailSender)).toBe(address.split('@')[1]);
  });

  test.each([
    ['Müller GmbH <otp@example.com>', '=?UTF-8?B?TcO8bGxlciBHbWJI?= <otp@example.com>'],
    ['"Müller, Söhne" <otp@example.com>', '=?UTF-8?B?TcO8bGxlciwgU8O2aG5l?= <otp@example.com>'],
    ['Mu\u0308ller GmbH <otp@example.com>', '=?UTF-8?B?TcO8bGxlciBHbWJI?= <otp@example.com>'],
    ['Example, Inc. <otp@example.com>', '"Example, Inc." <otp@example.com>'],
    ['Example (Berlin) <otp@example.com>', '"Example (Berlin)" <otp@example.com>'],
    ['otp@bücher.example', 'otp@xn--bcher-kva.example'],
    ['Otp@Mail.EXAMPLE.com', 'Otp@mail.example.com'],
    ['Bücher <otp@bücher.example>', '=?UTF-8?B?QsO8Y2hlcg==?= <otp@xn--bcher-kva.example>'],
  ])('writes %s as SES takes it', (emailSender, expected) => {
    const settings = readSettings({ emailSender });

    expect(settings.emailSender).toBe(expected);
  });

  test('encodes any name so that mail programs read it again', () => {
    const character = fc.constantFrom(...'aZ09 ,.:;()@&ßü日本語ملف🐈');
    const name = fc
      .string({ unit: character, minLength: 1, maxLength: 64 })
      .filter((text) => /[^ -~]/.test(text) && text === text.normalize('NFC'));
    fc.assert(
      fc.property(name, (text) => {
        const { emailSender } = readSettings({ emailSender: `"${text}" <otp@example.com>` });

        const [encoded = ''] = emailSender.split(' <');
        for (const word of encoded.split(' ')) {
          expect(word).toMatch(/^=\?UTF-8\?B\?[A-Za-z0-9+/]+=*\?=$/);
          expect(word.length).toBeLessThanOrEqual(75);
        }
        expect(decoded(encoded)).toBe(text);
        expect(senderAddress(emailSender)).toBe('otp@example.com');
      }),
    );
  });

  test.each([[undefined], [null], ['']])('is required (%j)', (emailSender) => {
    const problems = problemsOf(emailSender);

    expect(problems).toEqual([expect.stringMatching(/^emailSender is required: .*-c emailSender=/)]);
  });

  test.each([
    ['otp'],
    ['otp@'],
    ['@example.com'],
    ['otp@example'],
    ['otp@example..com'],
    ['a@b@example.com'],
    ['otp @example.com'],
    ['Example <otp>'],
    ['Example <otp@example.com> and more'],
    ['otp@example.com, other@example.com'],
    ['.otp@example.com'],
    ['Alice otp@example.com'],
    ['otp@1'],
    ['otp@bü%63her.example'],
    ['"o t p"@example.com'],
    ['Example<otp@example.com>'],
    ['a@example.com, b@example.com <otp@example.com>'],
    ['"Example <otp@example.com>'],
    [`${'o'.repeat(65)}@example.com`],
  ])('refuses %j', (emailSender) => {
    const problems = problemsOf(emailSender);

    expect(problems).toEqual([
      expect.stringMatching(/^emailSender must be otp@example.com or "Example <otp@example.com>"/),
    ]);
  });

  test.each([
    ['jörg@example.com', 'needs plain letters before the at sign'],
    ['Jörg <jörg@example.com>', 'needs plain letters before the at sign'],
    ['*@example.com', 'needs an address without * and ?'],
    ['Example <ot?@example.com>', 'needs an address without * and ?'],
    ['otp@*.example.com', 'needs an address without * and ?'],
    ['otp@example.com\n', 'has a line break or an invisible character'],
    ['Example\r\nBcc: all@example.com <otp@example.com>', 'has a line break or an invisible character'],
    ['Example\u202e <otp@example.com>', 'has a line break or an invisible character'],
    ['\u200botp@example.com', 'has a line break or an invisible character'],
    ['=?UTF-8?Q?M=C3=BCller?= <otp@example.com>', 'needs its name as people read it'],
    [`${'ü'.repeat(65)} <otp@example.com>`, 'needs a name of 1 to 64 characters'],
    ['"" <otp@example.com>', 'needs a name of 1 to 64 characters'],
    ['"\u200c\u200d" <otp@example.com>', 'needs a name of 1 to 64 characters'],
    ['"a\\" <otp@example.com>', 'needs a name of 1 to 64 characters'],
  ])('says what is wrong with %j', (emailSender, problem) => {
    expect(problemsOf(emailSender)).toEqual([expect.stringContaining(`emailSender ${problem}`)]);
  });

  test('never takes a line break, which would be a header of its own', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('\r', '\n'), fc.string(), (before, lineBreak, after) => {
        const emailSender = `${before}${lineBreak}${after} <otp@example.com>`;

        expect(() => readSettings({ emailSender })).toThrow(SettingsError);
      }),
    );
  });
});
