import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseLanguage } from '../../../../shared/language/match-language.ts';
import { readWishes } from '../../../../shared/language/read-wishes.ts';
import { LOCALES, OTHERWISE, TAGS } from '../../../support/mail/locales.ts';

test.each(LOCALES)('somebody with the locale %j gets mails in %s', (locale, tag) => {
  const wishes = readWishes(locale);

  expect(chooseLanguage(wishes.split(','), TAGS, OTHERWISE)).toBe(tag);
});

test.each([
  ['pt-BR', 'pt-BR'],
  ['zh-Hant-TW', 'zh-Hant-TW'],
  ['DE', 'de'],
  ['de_CH', 'de-CH'],
  ['de_DE@currency=EUR', 'de-DE'],
  ['fr-FR-u-hc-h23', 'fr-FR'],
  ['de-DE-u-ca-gregory-co-phonebk-hc-h23-nu-latn', 'de-DE'],
  ['de-DE-1996', 'de-DE-1996'],
  ['iw_IL', 'he-IL'],
  ['de, en', 'de'],
  ['de;q=0.9', 'de'],
  ['pt-BR,pt;q=0.9,en;q=0.8', 'pt-BR'],
  ['de_AT:de:en', 'de-AT'],
])('reads the locale %s as %s', (locale, tag) => {
  expect(readWishes(locale)).toBe(tag);
});

test('keeps the order, and leaves out what is no language', () => {
  expect(readWishes('ja', 'de')).toBe('ja,de');
  expect(readWishes(undefined, 'de')).toBe('de');
  expect(readWishes('I speak German', 'de')).toBe('de');
  expect(readWishes('__proto__', '')).toBe('und');
  expect(readWishes()).toBe('und');
});

test('carries no more than short tags along, whatever was written', () => {
  const anyLocale = fc.oneof(fc.string(), fc.stringMatching(/^[a-z]{2,3}[\w@.,-]*$/));
  fc.assert(
    fc.property(anyLocale, anyLocale, (own, page) => {
      expect(readWishes(own, page)).toMatch(/^[A-Za-z0-9-]{2,35}(?:,[A-Za-z0-9-]{2,35})?$/);
    }),
  );
});
