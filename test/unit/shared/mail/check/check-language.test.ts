import { describe, expect, it, test } from 'vitest';
import { shippedTexts, type TextTree } from '../../../../../shared/language/shipped-texts.ts';
import { languageProblems, mergeTexts } from '../../../../../shared/mail/check/check-language.ts';

const shipped = shippedTexts();
const { en: english = {} } = shipped;

const problemsOf = (given: unknown, tag = 'en', brand?: string) =>
  languageProblems({ tag, given, shipped: shipped[tag] }, { english, brand });

describe('a language that is shipped', () => {
  test.each(Object.keys(shipped))(
    '%s has all keys and placeholders, and the plural forms for 1 to 10',
    (tag) => {
      expect(
        languageProblems({ tag, given: shipped[tag], shipped: undefined }, { english, brand: 'Café' }),
      ).toEqual([]);
    },
  );

  it('may name the brand where it speaks of secrecy, if there is one', () => {
    const given = { secrecy: '{brand} never asks for it.' };

    expect(problemsOf(given, 'en', 'Example Shop')).toEqual([]);
    expect(problemsOf(given)).toEqual(['secrecy has {brand}: it takes none']);
  });

  it('may be changed key by key', () => {
    const given = { lead: 'Type this code:', unbranded: { title: 'Hello' } };

    expect(problemsOf(given)).toEqual([]);
    expect(mergeTexts(english, given)).toEqual({
      ...english,
      lead: 'Type this code:',
      unbranded: { ...(english.unbranded as TextTree), title: 'Hello' },
    });
  });
});

describe('the checks of a text say its key and what to do, when', () => {
  test.each<readonly [string, unknown, string]>([
    ['a key is not known', { colour: 'red' }, 'colour is not known; there are subject, '],
    [
      'a key of a section is not known',
      { unbranded: { lead: 'x' } },
      'unbranded.lead is not known; there are subject, title',
    ],
    ['a text is a number', { lead: 5 }, 'lead must be a text'],
    ['a section is a text', { unbranded: 'x' }, 'unbranded must be an object with subject, title'],
    ['the file is a list', [], 'the file must be an object with '],
    ['a key would be one of JavaScript', JSON.parse('{"__proto__":{"a":1}}'), '__proto__ is not known'],
    ['it is empty', { sent: ' {time}', secrecy: ' ' }, 'secrecy is empty: write a text'],
    [
      'it has a line break',
      { secrecy: 'a\r\nBcc: b' },
      'secrecy has U+000D, a line break or an invisible character',
    ],
    ['it turns the direction', { secrecy: 'a\u202eb' }, 'secrecy has U+202E'],
    ['it isolates the direction', { secrecy: 'a\u2066b' }, 'secrecy has U+2066'],
    ['it has HTML', { secrecy: 'Not <b>ever</b>' }, 'secrecy has < or >: texts are plain'],
    ['accents stand apart', { secrecy: 'Cafe\u0301' }, 'secrecy has letters and their accents apart'],
    ['a placeholder is not known', { lead: 'The code, {name}:' }, 'lead has {name}: it takes none'],
    ['a placeholder is missing', { subject: 'Your code' }, 'subject lacks {brand}, which is filled in there'],
    [
      'a placeholder is misspelt',
      { sent: 'At { time }' },
      'sent has a brace that is no placeholder: it takes {time}',
    ],
    ['the minutes are missing', { validity: { other: 'Soon over' } }, 'validity.other lacks {minutes}'],
    [
      'a form is none of the language',
      { validity: { few: '{minutes}' } },
      'validity.few is not known; there are one, other',
    ],
    [
      'the subject is too long',
      { unbranded: { subject: 'x'.repeat(51) } },
      'unbranded.subject has 51 characters: at most 50',
    ],
    ['the preheader is too long', { preheader: 'x'.repeat(91) }, 'preheader has 91 characters: at most 90'],
    ['a sentence is too long', { secrecy: 'x'.repeat(201) }, 'secrecy has 201 characters: at most 200'],
    ['the subject has a digit', { subject: '2 steps to {brand}' }, 'subject has a digit: phones and readers'],
    ['the lead has an Arabic digit', { lead: 'code ٣:' }, 'lead has a digit'],
    ['the title has a digit', { title: '{brand} in 2 steps' }, 'title has a digit'],
    ['the preheader has a digit', { preheader: 'Over in 5 minutes' }, 'preheader has a digit'],
    [
      'the lead has no word for code',
      { lead: 'Type this:' },
      'lead lacks the word for "code" (code), by which phones',
    ],
    [
      'the word for code is far before the code',
      { lead: `Your code ${'x'.repeat(50)}` },
      'lead has the word for "code" 51 characters before the code: at most 50',
    ],
  ])('%s', (_, given, expected) => {
    const problems = problemsOf(given);

    expect(problems.filter((problem) => problem.startsWith(expected))).toHaveLength(1);
  });

  test('the brand makes the subject too long', () => {
    expect(problemsOf({}, 'en', 'x'.repeat(33))).toContain(
      'subject has 51 characters with the brand: at most 50',
    );
    expect(problemsOf({}, 'en', 'x'.repeat(29))).toEqual([]);
  });
});

describe('a language that is not shipped', () => {
  const { words, page, report, ...mail } = english;
  const whole: TextTree = { ...mail, validity: { other: '{minutes} min' }, lead: 'Kood:' };
  const own = (given: TextTree, tag = 'id') =>
    languageProblems({ tag, given, shipped: undefined }, { english, brand: undefined });

  it('has all of the mail and of the notices, and perhaps no page and no report', () => {
    expect(own(whole)).toEqual([]);
  });

  it('lacks no text', () => {
    const { lead, locked, ...others } = whole;
    const { title, ...unbranded } = others.unbranded as TextTree;

    expect(own({ ...others, unbranded }).toSorted()).toEqual([
      'lead is missing: write it',
      'locked is missing: write it',
      'unbranded.title is missing: write it',
    ]);
  });

  it('has a form for each number of minutes', () => {
    const polish = { one: 'minutę', few: '{minutes} minuty', many: '{minutes} minut' };

    expect(own({ ...whole, lead: 'Kod:', validity: polish }, 'pl')).toEqual([
      'validity.other is missing: write it',
    ]);
    expect(own({ ...whole, lead: 'Kod:', validity: { ...polish, other: '{minutes}' } }, 'pl')).toEqual([]);
    expect(
      own({ ...whole, lead: 'رمز', validity: { one: 'a', two: 'b', few: 'c', other: '{minutes}' } }, 'ar'),
    ).toEqual(['validity.few lacks {minutes}, which is filled in there']);
  });
});
