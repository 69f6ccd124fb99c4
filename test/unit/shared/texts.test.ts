/** Every language says what English says, in all forms that its numbers need. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../structure/sources.ts';

const FOLDER = join(ROOT, 'shared/texts');

interface TextTree {
  readonly [key: string]: string | TextTree;
}
type Forms = Readonly<Record<string, string>>;

const readTexts = (tag: string): TextTree => JSON.parse(readFileSync(join(FOLDER, `${tag}.json`), 'utf8'));

const TAGS = readdirSync(FOLDER).map((name) => name.replace(/\.json$/, ''));

/** The numbers that are said: minutes, tries and wrong codes up to 10, and seconds, of which more than 100 change no form. */
const upTo = (most: number) => Array.from({ length: most }, (_, at) => at + 1);
const NUMBERS: Readonly<Record<string, readonly number[]>> = {
  validity: upTo(10),
  'words.code.tries': upTo(10),
  'words.code.lock': upTo(10),
  'words.step.codeWorks': upTo(100),
};

/** Each text by its path; the forms of a plural under their path together. */
const textsIn = (tree: TextTree, path = ''): Readonly<Record<string, Forms>> =>
  Object.assign(
    {},
    ...Object.entries(tree).map(([key, text]) => {
      const at = `${path}${key}`;
      if (typeof text === 'string') return { [at]: { other: text } };
      return at in NUMBERS ? { [at]: text } : textsIn(text, `${at}.`);
    }),
  );

/** The forms that the numbers of a path take in the language, each with its numbers. */
const formsOf = (tag: string, path: string): ReadonlyMap<string, readonly number[]> => {
  const rules = new Intl.PluralRules(tag);
  return Map.groupBy(NUMBERS[path] ?? [], (number) => rules.select(number));
};

const placeholdersOf = (text: string): readonly string[] => (text.match(/\{\w+\}/g) ?? []).toSorted();

const ENGLISH = textsIn(readTexts('en'));
const SECTIONS = ['words', 'page', 'report'];
const sectionOf = (path: string) => SECTIONS.find((section) => path.startsWith(`${section}.`)) ?? 'mail';

/** What of English a file has to have: its sections, all of them. */
const wantedIn = (texts: TextTree) =>
  Object.entries(ENGLISH).filter(([path]) => {
    const section = sectionOf(path);
    return section === 'mail' || section in texts;
  });

/** What is wrong with the texts of a language. */
const problemsIn = (tag: string, tree: TextTree): readonly string[] => {
  const texts = textsIn(tree);
  const unknown = Object.keys(texts).filter((path) => !(path in ENGLISH));
  const wrong = wantedIn(tree).flatMap(([path, english]) => {
    const said = texts[path];
    if (said === undefined) return [`${path}: is missing`];
    const forms = formsOf(tag, path);
    const wanted = [...new Set([...forms.keys(), 'other'])].toSorted();
    const shape = wanted.join() === Object.keys(said).toSorted().join() ? [] : [`${path}: needs ${wanted}`];
    const placeholders = placeholdersOf(english.other ?? '').join();
    const filled = Object.entries(said).filter(([form, text]) => {
      // A form of one number may say it in words.
      const isOne = forms.get(form)?.length === 1 && placeholdersOf(text).length === 0;
      return !isOne && placeholdersOf(text).join() !== placeholders;
    });
    return [
      ...shape,
      ...filled.map(([form]) => `${path}, ${form}: needs ${placeholders || 'no placeholder'}`),
    ];
  });
  const odd = Object.entries(texts).flatMap(([path, said]) =>
    Object.values(said).flatMap((text) => [
      ...(text.trim() === '' || text.trim() !== text ? [`${path}: is empty, or has spaces around it`] : []),
      ...(/[\p{Cc}\p{Cf}<>]/u.test(text) ? [`${path}: has a control or direction character, < or >`] : []),
      ...(text.normalize('NFC') === text ? [] : [`${path}: is not in the form NFC`]),
      ...(path.startsWith('words.') && !/(?:[.?!؟。？！]|\{reason\})["'’”“»)」』]*$/.test(text)
        ? [`${path}: does not end as a sentence`]
        : []),
    ]),
  );
  return [...unknown.map((path) => `${path}: is unknown`), ...wrong, ...odd];
};

test.each(TAGS)('the texts of %s are complete', (tag) => {
  expect(problemsIn(tag, readTexts(tag))).toEqual([]);
});

describe('what is wrong is found', () => {
  /** English with one sentence of the code step changed, or without it. */
  const withText = (group: string, key: string, text?: string): TextTree => {
    const { words, ...texts } = readTexts('en') as TextTree & { words: Record<string, TextTree> };
    const { [key]: _, ...others } = words[group] ?? {};
    const changed = text === undefined ? others : { ...others, [key]: text };
    return { ...texts, words: { ...words, [group]: changed } };
  };

  test.each<[string, TextTree, string]>([
    ['a key that is missing', withText('mail', 'sent'), 'words.mail.sent: is missing'],
    ['a key that is unknown', withText('mail', 'gone', 'Gone.'), 'words.mail.gone: is unknown'],
    [
      'a placeholder that is missing',
      withText('order', 'in', 'Soon.'),
      'words.order.in, other: needs {countdown}',
    ],
    [
      'a placeholder that is not filled',
      withText('code', 'wrong', 'No, {name}.'),
      'words.code.wrong, other: needs no placeholder',
    ],
    [
      'a direction character',
      withText('code', 'wrong', '\u202eNo.'),
      'words.code.wrong: has a control or direction character, < or >',
    ],
    [
      'a letter in two parts',
      withText('code', 'wrong', 'No\u0308.'),
      'words.code.wrong: is not in the form NFC',
    ],
    [
      'a sentence without its end',
      withText('code', 'wrong', 'No'),
      'words.code.wrong: does not end as a sentence',
    ],
  ])('%s', (_, texts, problem) => {
    expect(problemsIn('en', texts)).toEqual([problem]);
  });

  test('a form that the numbers of the language need', () => {
    const wrong = problemsIn('pl', readTexts('en'));

    expect(wrong).toContain('words.code.tries: needs few,many,one,other');
    expect(problemsIn('ja', readTexts('en'))).toContain('words.code.tries: needs other');
    expect(problemsIn('ar', readTexts('en'))).toContain('words.step.codeWorks: needs few,many,one,other,two');
  });
});
