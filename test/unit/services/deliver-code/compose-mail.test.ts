import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeMail, type MailContent } from '../../../../services/deliver-code/compose-mail.ts';
import { textsFor } from '../../../../services/deliver-code/mail-texts.ts';
import type { Code } from '../../../../shared/domain/code.ts';

const CODE = '004217' as Code;
const AT = Date.parse('2026-03-02T10:15:07.890Z');
const LANGUAGES = ['en', 'de', 'es', 'fr'] as const;

const compose = (changes: Partial<MailContent> = {}) =>
  composeMail({ code: CODE, minutesLeft: 5, locale: 'en', at: AT, ...changes });

describe.each(LANGUAGES)('a mail in %s', (locale) => {
  test('has the code in both bodies and not in the subject', () => {
    const { subject, text, html } = compose({ locale });

    expect(text).toContain(CODE);
    expect(html).toContain(CODE);
    expect(subject).not.toContain(CODE);
  });

  test('has the bare code once, on a line of its own in the text', () => {
    const { text, html } = compose({ locale });

    expect(text.split('\n').filter((line) => line === CODE)).toHaveLength(1);
    expect(text.split(CODE)).toHaveLength(2);
    expect(html.split(`>${CODE}<`)).toHaveLength(2);
  });

  test('says its language in the HTML', () => {
    const { language, html } = compose({ locale });

    expect(language).toBe(locale);
    expect(html).toContain(`<html lang="${locale}">`);
  });

  test('has the time in the subject, short enough for a list of mails, and in both bodies', () => {
    const { subject, text, html } = compose({ locale });

    expect(subject).toMatch(/^[^\d]+ \(10:15:07 UTC\)$/);
    expect(subject.length).toBeLessThanOrEqual(50);
    expect(text).toContain(' 10:15:07 UTC. ');
    expect(html).toContain(' 10:15:07 UTC. ');
  });

  test('differs in every part from a mail with the same code a second later', () => {
    const [first, second] = [compose({ locale }), compose({ locale, at: AT + 1_000 })];

    for (const part of ['subject', 'text', 'html'] as const) expect(second[part]).not.toBe(first[part]);
  });

  test('tells programs not to make a telephone number of the code, nor links of the rest', () => {
    const { html } = compose({ locale, code: '0042170042' as Code });

    expect(html).toContain(
      '<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">',
    );
    expect(html).not.toMatch(/<a\b/);
  });

  test('says the same in text and in HTML', () => {
    const { text, html } = compose({ locale });

    for (const paragraph of text.split('\n\n').filter((part) => part !== ''))
      expect(html).toContain(paragraph);
  });

  test('counts minutes, one as one', () => {
    const [five, one] = [compose({ locale }), compose({ locale, minutesLeft: 1 })].map(({ text }) => text);

    expect(five?.replace(CODE, '')).toMatch(/\b5 \p{L}+/u);
    expect(one?.replace(CODE, '').replace('10:15:07', '')).not.toMatch(/\d/);
    expect(five).not.toBe(one);
  });

  test('is in words of its own', () => {
    const others = LANGUAGES.filter((other) => other !== locale).map((other) => textsFor(other).texts);

    const { texts } = textsFor(locale);

    for (const other of others) {
      expect(texts.subject).not.toBe(other.subject);
      expect(texts.validity(5)).not.toBe(other.validity(5));
      expect(texts.notYou).not.toBe(other.notYou);
    }
  });
});

test.each([
  ['de-AT', 'de'],
  ['DE', 'de'],
  ['fr_CA', 'fr'],
  ['es-419', 'es'],
  ['en-GB', 'en'],
  ['ja', 'en'],
  ['den', 'en'],
  ['de1', 'en'],
  ['de_DE@currency=EUR', 'de'],
  ['fr-FR-u-hc-h23', 'fr'],
  ['zh-Hans-CN', 'en'],
  ['d', 'en'],
  ['', 'en'],
  ['toString', 'en'],
  ['__proto__', 'en'],
])('writes to someone with locale %j in %s', (locale, language) => {
  const { html } = compose({ locale });

  expect(html).toContain(`<html lang="${language}">`);
});

test('keeps every digit of every code, leading zeros too', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9]{6,10}$/), fc.constantFrom(...LANGUAGES), (code, locale) => {
      const { subject, text, html } = compose({ code: code as Code, locale });

      expect(text.split('\n')).toContain(code);
      expect(html).toContain(`>${code}</p>`);
      expect(subject).not.toContain(code);
    }),
  );
});

test('lets nothing of the locale into the mail but a known language', () => {
  fc.assert(
    fc.property(fc.string(), (locale) => {
      const { html } = compose({ locale: `${locale}"><script>` });

      expect(html).not.toContain('<script>');
    }),
  );
});
