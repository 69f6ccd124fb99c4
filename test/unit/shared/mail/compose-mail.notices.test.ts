import { describe, expect, test } from 'vitest';
import { composeNotice, type NoticeContent } from '../../../../shared/mail/compose-mail.ts';
import type { MailSettings } from '../../../../shared/mail/mail-settings.ts';
import { BRAND, SHIPPED } from '../../../support/mail/mail-settings.ts';

const AT = Date.parse('2026-03-02T10:15:07Z');
const UNTIL = Date.parse('2026-03-02T10:30:00Z');
const BRANDED: MailSettings = { ...SHIPPED, brand: BRAND };
const TAGS = Object.keys(SHIPPED.texts).filter((tag) => SHIPPED.texts[tag]?.locked !== undefined);

const compose = (changes: Partial<NoticeContent> = {}, settings: MailSettings = BRANDED) =>
  composeNotice(settings, { kind: 'locked', locale: 'en', at: AT, until: UNTIL, ...changes });

describe.each(TAGS)('in %s', (locale) => {
  test.each(['locked', 'wrongCodes'] as const)('a notice of kind %s is filled, and has no code', (kind) => {
    for (const settings of [SHIPPED, BRANDED]) {
      const { language, subject, text, html } = compose({ kind, locale }, settings);

      expect(language).toBe(locale);
      expect(`${subject}${text}${html.replaceAll(/<style.*?<\/style>/gs, '')}`).not.toMatch(/\{\w|undefined/);
      expect(text).not.toMatch(/^\d+$/m);
      expect(html).not.toContain('letter-spacing');
      expect(subject.includes(BRAND.name)).toBe(settings === BRANDED);
    }
  });
});

test('a lock says until when, and one for good says who can end it', () => {
  expect(compose().text).toContain('nobody can sign in to your account before 10:30:00 UTC.');
  const forGood = composeNotice(BRANDED, { kind: 'locked', locale: 'en', at: AT });
  expect(forGood.text).toContain('until our support unlocks it.');
  expect(forGood.text).not.toMatch(/\d\d:\d\d/);
});

test.each(TAGS)('a lock that ends on another day says the date: %s', (locale) => {
  const until = Date.parse('2026-03-03T00:10:07Z');

  expect(compose({ locale, until }).text).toContain('00:10:07 UTC (2026-03-03)');
  expect(compose({ locale }).text).not.toContain('2026');
});

test('wrong codes say when', () => {
  expect(compose({ kind: 'wrongCodes' }).text).toContain('failed at 10:15:07 UTC:');
});

test('they end like every mail: with help, who reads replies, and who sent it', () => {
  const { text, html } = compose();

  expect(text.endsWith(`Help: ${BRAND.supportUrl}\n\nYou can reply to this mail.\n\n${BRAND.footer}\n`)).toBe(
    true,
  );
  expect(html).toContain(`alt="${BRAND.name}"`);
});

test('a language without them is passed over', () => {
  const { locked: _, ...codeOnly } = SHIPPED.texts.en as NonNullable<MailSettings['texts'][string]>;
  const settings = { ...SHIPPED, texts: { ...SHIPPED.texts, gsw: codeOnly } };

  expect(compose({ locale: 'gsw' }, settings).language).toBe('en');
  expect(compose({ kind: 'wrongCodes', locale: 'gsw' }, settings).language).toBe('gsw');
});

test('where a deployment has none at all, nothing is composed', () => {
  const { locked: _, ...codeOnly } = SHIPPED.texts.en as NonNullable<MailSettings['texts'][string]>;

  expect(() => compose({}, { defaultLocale: 'en', texts: { en: codeOnly } })).toThrow(
    'There are no texts for the notice locked in en',
  );
});
