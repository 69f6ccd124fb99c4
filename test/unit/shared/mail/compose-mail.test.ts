import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Code } from '../../../../shared/domain/code.ts';
import { type CodeMailContent, composeCodeMail } from '../../../../shared/mail/compose-mail.ts';
import type { MailSettings } from '../../../../shared/mail/mail-settings.ts';
import { LOCALES, OTHERWISE, TAGS } from '../../../support/mail/locales.ts';
import { BRAND, SHIPPED } from '../../../support/mail/mail-settings.ts';

const CODE = '004217' as Code;
const AT = Date.parse('2026-03-02T10:15:07.890Z');
const SHIPPED_TAGS = Object.keys(SHIPPED.texts);
const BRANDED: MailSettings = { ...SHIPPED, brand: BRAND };
const { en: ENGLISH } = SHIPPED.texts as { readonly en: MailSettings['texts'][string] };

const compose = (changes: Partial<CodeMailContent> = {}, settings: MailSettings = BRANDED) =>
  composeCodeMail(settings, { code: CODE, minutesLeft: 5, locale: 'en', at: AT, ...changes });

describe.each(SHIPPED_TAGS)('a mail in %s', (locale) => {
  test('has the code in both bodies and neither in the subject nor in the preheader', () => {
    const { subject, text, html } = compose({ locale });

    expect(text.split('\n').filter((line) => line === CODE)).toHaveLength(1);
    expect(text.split(CODE)).toHaveLength(2);
    expect(html.split(`>${CODE}</td>`)).toHaveLength(2);
    expect(html.split(CODE)).toHaveLength(2);
    expect(subject).not.toContain(CODE);
  });

  test('says that it works once and for how long, in the form of each number', () => {
    for (let minutesLeft = 1; minutesLeft <= 10; minutesLeft += 1) {
      const { text } = compose({ locale, minutesLeft });

      expect(text).not.toMatch(/[{}]|undefined/);
      const form = new Intl.PluralRules(locale).select(minutesLeft);
      expect(text).toContain(SHIPPED.texts[locale]?.validity[form]?.replace('{minutes}', `${minutesLeft}`));
    }
  });

  test('names the brand in subject and heading, and nobody without one', () => {
    const [named, nameless] = [compose({ locale }), compose({ locale }, SHIPPED)];

    expect(named.subject).toContain(BRAND.name);
    expect(named.html).toMatch(new RegExp(`<h1[^>]*>[^<]*${BRAND.name}[^<]*</h1>`));
    expect(nameless.subject).toBe(SHIPPED.texts[locale]?.unbranded.subject);
    expect(nameless.html).toContain(`>${SHIPPED.texts[locale]?.unbranded.title}</h1>`);
  });

  test('tells itself from an earlier one by its time', () => {
    const [first, second] = [compose({ locale }), compose({ locale, at: AT + 1_000 })];

    expect([first.text, first.html].every((part) => part.includes('10:15:07 UTC'))).toBe(true);
    expect([second.text, second.html].every((part) => part.includes('10:15:08 UTC'))).toBe(true);
  });
});

describe('each part of a brand is where people look for it', () => {
  const without = (field: keyof typeof BRAND) => {
    const { [field]: _, name = BRAND.name, ...rest } = BRAND;
    return compose({}, { ...SHIPPED, brand: { name, ...rest } });
  };

  test.each([
    ['logoUrl', `src="${BRAND.logoUrl}"`],
    ['logoWidth', `width="${BRAND.logoWidth}"`],
    ['accentColor', `bgcolor="${BRAND.accentColor}"`],
    ['supportUrl', `<a href="${BRAND.supportUrl}"`],
    ['replyTo', ENGLISH.replyHint],
    ['footer', BRAND.footer],
  ] as const)('%s', (field, shown) => {
    expect(compose().html).toContain(shown);
    expect(without(field).html).not.toContain(shown);
  });

  test('a logo in its own width, or in 120 pixels; without one the name', () => {
    expect(without('logoWidth').html).toContain('width="120"');
    expect(without('logoUrl').html).toContain(`<b>${BRAND.name}</b>`);
  });

  test('and in the text part, all that is no picture', () => {
    const { text } = compose();

    expect(text.startsWith(`${BRAND.name}\n\nSign in to ${BRAND.name}\n\n`)).toBe(true);
    expect(text.endsWith(`Help: ${BRAND.supportUrl}\n\n${ENGLISH.replyHint}\n\n${BRAND.footer}\n`)).toBe(
      true,
    );
  });
});

test('a link by which to report that it was not them is in both parts, if there is one', () => {
  const reportUrl = 'https://report.example.com/?u=alice&d=1&t=token';
  const { text, html } = compose({ reportUrl });

  expect(text).toContain(`\n\n${ENGLISH.notMe}\n${reportUrl}\n\n`);
  expect(html).toMatch(
    new RegExp(
      `<a href="https://report\\.example\\.com/\\?u=alice&amp;d=1&amp;t=token"[^>]*>${ENGLISH.notMe}</a>`,
    ),
  );
  expect(`${compose().text}${compose().html}`).not.toContain(ENGLISH.notMe);
});

describe('whatever a brand is called', () => {
  test.each([
    ['Müller & Söhne <"\'>', "Müller &amp; Söhne &lt;&quot;'&gt;"],
    ['<script>"&\r\nBcc: mallory@example.com', '&lt;script&gt;&quot;&amp; Bcc: mallory@example.com'],
    ['{minutes} \u202e$&', '{minutes}  $&amp;'],
  ])('%j, no tag and no line comes of it', (name, escaped) => {
    const { subject, text, html } = compose({}, { ...SHIPPED, brand: { ...BRAND, name } });

    expect(subject).not.toMatch(/[\r\n\u202e]/);
    expect(html).toContain(`<title>Your ${escaped} sign-in code</title>`);
    expect(html).toContain(`alt="${escaped}"`);
    expect(html.match(/<(?:\w+|!)/g)).toEqual(compose().html.match(/<(?:\w+|!)/g));
    expect(text.split('\n')).toHaveLength(compose().text.split('\n').length);
  });

  test('all that is between the tags is as it was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (footer) => {
        const { html } = compose({}, { ...SHIPPED, brand: { ...BRAND, footer } });

        expect(html.match(/<(?:\w+|!)/g)).toEqual(compose().html.match(/<(?:\w+|!)/g));
      }),
    );
  });
});

test('keeps every digit of every code, leading zeros too', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9]{6,10}$/), fc.constantFrom(...SHIPPED_TAGS), (code, locale) => {
      const { subject, text, html } = compose({ code: code as Code, locale });

      expect(text.split('\n')).toContain(code);
      expect(html).toContain(`>${code}</td>`);
      expect(subject).not.toContain(code);
    }),
  );
});

describe('is in the language', () => {
  const ALL: MailSettings = {
    defaultLocale: OTHERWISE,
    texts: Object.fromEntries(TAGS.map((tag) => [tag, ENGLISH])),
  };

  test.each([
    ['of the first wish that there are texts for', 'sr-Latn,ja,de', 'ja'],
    ['of the only wish, as releases before this one wrote it', 'de-AT', 'de'],
    ['of the deployment, if there is no wish', 'und', OTHERWISE],
  ])('%s', (_, locale, language) => {
    const mail = compose({ locale }, ALL);

    expect(mail.language).toBe(language);
    expect(mail.html).toContain(`<html lang="${language}" `);
  });

  test('of no text that a locale has besides', () => {
    const anyLocale = fc.oneof(fc.string(), fc.constantFrom(...LOCALES.map(([locale]) => locale)));
    fc.assert(
      fc.property(anyLocale, (locale) => {
        const { language, html } = compose({ locale: `${locale}"><script>` }, ALL);

        expect(TAGS).toContain(language);
        expect(html).not.toContain('<script>');
      }),
    );
  });
});
