import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseLanguage, matchLanguage } from '../../../../shared/language/match-language.ts';
import { LOCALES, OTHERWISE, TAGS } from '../../../support/mail/locales.ts';

describe('of the languages of the mail', () => {
  test.each(LOCALES)('%j gets %s', (locale, tag) => {
    const language = chooseLanguage([locale], TAGS, OTHERWISE);

    expect(language).toBe(tag);
  });

  test('every one is found by its own tag', () => {
    for (const tag of TAGS) expect(matchLanguage(tag, TAGS)).toBe(tag);
  });
});

describe('of several regions', () => {
  const OFFERED = ['pt-BR', 'pt', 'pt-PT', 'de-CH', 'nb'];

  test.each([
    ['the same one comes first', 'pt-PT', 'pt-PT'],
    ['one without a region comes before another region', 'pt-AO', 'pt'],
    ['another region is better than another language', 'de-AT', 'de-CH'],
    ['a wish without a region takes the one without a region', 'pt', 'pt'],
    ['Norwegian is Bokmål', 'no', 'nb'],
    ['Nynorsk, too', 'nn-NO', 'nb'],
  ])('%s', (_, wish, tag) => {
    expect(matchLanguage(wish, OFFERED)).toBe(tag);
  });
});

test('the first wish that there are texts for decides', () => {
  expect(chooseLanguage(['sr', 'ja', 'de'], TAGS, 'en')).toBe('ja');
  expect(chooseLanguage(['sr', 'x'], TAGS, 'en')).toBe('en');
  expect(chooseLanguage([], TAGS, 'en')).toBe('en');
});

test('whatever is wished for, one of the offered languages comes of it', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom(...LOCALES.map(([it]) => it)))), (wishes) => {
      expect(TAGS).toContain(chooseLanguage(wishes, TAGS, 'en'));
    }),
  );
});

test('neither the order of the offered languages nor letter case changes what is found', () => {
  const shuffled = fc.shuffledSubarray(TAGS, { minLength: TAGS.length });
  fc.assert(
    fc.property(shuffled, fc.constantFrom(...LOCALES), (offered, [locale, tag]) => {
      expect(chooseLanguage([locale], offered, OTHERWISE)).toBe(tag);
      expect(chooseLanguage([locale.toUpperCase()], offered, OTHERWISE)).toBe(tag);
    }),
  );
});

test('of a list that no person has written, only the beginning is read', () => {
  const strangers = Array.from({ length: 10 }, () => 'zz');

  expect(chooseLanguage([...strangers.slice(1), 'ja'], TAGS, 'en')).toBe('ja');
  expect(chooseLanguage([...strangers, 'ja'], TAGS, 'en')).toBe('en');
});
