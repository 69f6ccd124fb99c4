import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeMail, type MailContent } from '../../../../services/deliver-code/compose-mail.ts';
import { textsFor } from '../../../../services/deliver-code/mail-texts.ts';
import type { Code } from '../../../../shared/domain/code.ts';

const CODE = '004217' as Code;
const LANGUAGES = ['en', 'de', 'es', 'fr'] as const;

const compose = (changes: Partial<MailContent> = {}) =>
  composeMail({ code: CODE, minutesLeft: 5, locale: 'en', ...changes });

describe.each(LANGUAGES)('a mail in %s', (locale) => {
  test('has the code in both bodies and not in the subject', () => {
    const { subject, text, html } = compose({ locale });

    expect(text).toContain(CODE);
    expect(html).toContain(CODE);
    expect(subject).not.toMatch(/\d/);
  });

  test('has the bare code once, on a line of its own in the text', () => {
    const { text, html } = compose({ locale });

    expect(text.split('\n').filter((line) => line === CODE)).toHaveLength(1);
    expect(text.split(CODE)).toHaveLength(2);
    expect(html.split(`>${CODE}<`)).toHaveLength(2);
  });

  test('says its language in the HTML', () => {
    const { html } = compose({ locale });

    expect(html).toContain(`<html lang="${locale}">`);
  });

  test('says the same in text and in HTML', () => {
    const { text, html } = compose({ locale });

    for (const paragraph of text.split('\n\n').filter((part) => part !== ''))
      expect(html).toContain(paragraph);
  });

  test('counts minutes, one as one', () => {
    const [five, one] = [compose({ locale }), compose({ locale, minutesLeft: 1 })].map(({ text }) => text);

    expect(five?.replace(CODE, '')).toMatch(/\b5 \p{L}+/u);
    expect(one?.replace(CODE, '')).not.toMatch(/\d/);
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
