/** What is wrong with a language's texts. The English ones say which there have to be. It needs nothing of Node. */
import { fillText } from '../../language/fill-text.ts';
import type { TextTree } from '../../language/shipped-texts.ts';
import { type TextRule, textProblems } from './check-text.ts';
import { leadProblems } from './code-words.ts';

export interface LanguageTexts {
  /** Its tag of BCP 47, in canonical form. */
  readonly tag: string;
  /** The company's own, as they were parsed; the shipped ones stay where a key is missing. */
  readonly given: unknown;
  /** Undefined: the language is not shipped, so all of it has to be given. */
  readonly shipped: TextTree | undefined;
}

export interface TextContext {
  readonly english: TextTree;
  /** The brand's name; undefined: the mails have none. */
  readonly brand: string | undefined;
}

type Node = string | TextTree;

const CATEGORIES: readonly string[] = ['zero', 'one', 'two', 'few', 'many', 'other'];

const isTree = (node: unknown): node is TextTree =>
  typeof node === 'object' && node !== null && !Array.isArray(node);

const isPlural = (english: Node): english is TextTree =>
  isTree(english) && Object.keys(english).every((key) => CATEGORIES.includes(key));

/** The plural categories of a language, with the numbers from 1 to 10 that each is for: a code lives 10 minutes at most. */
const categoriesOf = (tag: string): ReadonlyMap<string, readonly number[]> => {
  const numbers = Array.from({ length: 10 }, (_, index) => index + 1);
  // For a language that ICU does not know it would take the rules of the machine's.
  const isKnown = Intl.PluralRules.supportedLocalesOf(tag).length > 0;
  const rules = new Intl.PluralRules(tag);
  const chosen = isKnown ? numbers.map((count) => ({ count, category: String(rules.select(count)) })) : [];
  const found = new Set([...chosen.map(({ category }) => category), 'other']);
  return new Map(
    [...found].map((category) => [
      category,
      chosen.filter((choice) => choice.category === category).map(({ count }) => count),
    ]),
  );
};

const pathOf = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

/** The keys that a place of the texts needs in this language, or undefined if it has a text. */
const keysOf = (english: Node, tag: string): readonly string[] | undefined => {
  if (typeof english === 'string') return undefined;
  return isPlural(english) ? [...categoriesOf(tag).keys()] : Object.keys(english);
};

/** The same with those that it may have: the page counts seconds, too, so more than to 10. */
const knownKeysOf = (english: Node, tag: string, path: string): readonly string[] | undefined => {
  const needed = keysOf(english, tag);
  return needed !== undefined && isPlural(english) && /^(?:words|page)\./.test(path)
    ? [...new Set([...needed, ...new Intl.PluralRules(tag).resolvedOptions().pluralCategories])]
    : needed;
};

const childOf = (english: TextTree, key: string): Node | undefined =>
  isPlural(english) ? english.other : Object.hasOwn(english, key) ? english[key] : undefined;

/** What is given and has no place, or is no text where one has to be. */
const shapeProblems = (given: unknown, english: Node, tag: string, path = ''): readonly string[] => {
  const keys = knownKeysOf(english, tag, path);
  const at = path === '' ? 'the file' : path;
  if (keys === undefined || typeof english === 'string')
    return typeof given === 'string' ? [] : [`${at} must be a text`];
  if (!isTree(given)) return [`${at} must be an object with ${keys.join(', ')}`];
  return Object.entries(given).flatMap(([key, value]) => {
    const child = keys.includes(key) ? childOf(english, key) : undefined;
    if (child === undefined) return [`${pathOf(path, key)} is not known; there are ${keys.join(', ')}`];
    return shapeProblems(value, child, tag, pathOf(path, key));
  });
};

/** Puts a company's texts over the shipped ones, key by key. */
export const mergeTexts = (shipped: TextTree | undefined, given: TextTree): TextTree =>
  Object.fromEntries([
    ...Object.entries(shipped ?? {}),
    ...Object.entries(given).map(([key, value]): [string, Node] => {
      const old = shipped !== undefined && Object.hasOwn(shipped, key) ? shipped[key] : undefined;
      return [key, isTree(value) && isTree(old) ? mergeTexts(old, value) : value];
    }),
  ]);

/** What a language may do without: then the page does not offer it, and the page behind "not me" is in English. */
const OPTIONAL: readonly string[] = ['report', 'words', 'page'];

const missingIn = (texts: TextTree, english: TextTree, tag: string, path = ''): readonly string[] =>
  (keysOf(english, tag) ?? []).flatMap((key) => {
    const [child, found] = [childOf(english, key), Object.hasOwn(texts, key) ? texts[key] : undefined];
    if (found !== undefined)
      return isTree(found) && child !== undefined && isTree(child)
        ? missingIn(found, child, tag, pathOf(path, key))
        : [];
    return path === '' && OPTIONAL.includes(key) ? [] : [`${pathOf(path, key)} is missing: write it`];
  });

const halfPage = (texts: TextTree, english: TextTree): readonly string[] => {
  const sections = ['words', 'page'].filter((key) => Object.hasOwn(english, key));
  const missing = sections.filter((key) => !Object.hasOwn(texts, key));
  return missing.length === 0 || missing.length === sections.length
    ? []
    : [`${missing.join()} is missing: the sign-in page needs both words and page, or none of them`];
};

/** Characters. Lists of mails cut off a longer subject and preheader (phones at about 40 and 90). */
const LONGEST: Readonly<Record<string, number>> = { subject: 50, unbrandedSubject: 50, preheader: 90 };
/** Longer sentences are not read by people who look for a code. */
const LONGEST_SENTENCE = 200;

/** What stands before the code in the mail that has one. */
const BEFORE_CODE = /^(?:unbranded\.)?(?:subject|preheader|title|lead)$/;

const placeholdersIn = (text: string): readonly string[] =>
  Array.from(text.matchAll(/\{(\w+)\}/g), ([, name = '']) => name);

/** The form for exactly one or exactly two may say the number as a word. */
const saysItsNumber = (tag: string, category: string): boolean => {
  const numbers = categoriesOf(tag).get(category) ?? [];
  return category !== 'other' && numbers.length === 1 && (numbers[0] ?? 0) <= 2;
};

const rulesFor = (path: string, english: string, { brand }: TextContext): TextRule => ({
  placeholders: placeholdersIn(english),
  // Without a brand it would be filled with nothing.
  optional: path === 'secrecy' && brand !== undefined ? ['brand'] : [],
  longest: LONGEST[path.replace(/^.*\./, '')] ?? LONGEST_SENTENCE,
  fill: (text) => (brand === undefined ? text : fillText(text, { brand })),
  isWithoutDigits: BEFORE_CODE.test(path),
});

/** Checks the texts that are where the English ones are. */
const eachText = (
  texts: TextTree,
  english: TextTree,
  check: (path: string, text: string, english: string, plural?: string) => readonly string[],
  path = '',
): readonly string[] =>
  Object.entries(texts).flatMap(([key, node]) => {
    const child = childOf(english, key);
    const at = pathOf(path, key);
    if (isTree(node)) return child !== undefined && isTree(child) ? eachText(node, child, check, at) : [];
    if (typeof node !== 'string' || typeof child !== 'string') return [];
    return check(at, node, child, isPlural(english) ? key : undefined).map((problem) => `${at} ${problem}`);
  });

/** All that is wrong with a language, each by its key. Undefined as what is given: only the shipped texts are looked at. */
export const languageProblems = (
  { tag, given = {}, shipped }: LanguageTexts,
  context: TextContext,
): readonly string[] => {
  const { english } = context;
  const shape = shapeProblems(given, english, tag);
  if (!isTree(given)) return shape;
  const texts = mergeTexts(shipped, given);
  const contents = eachText(texts, english, (path, text, example, plural) => {
    const rule = rulesFor(path, example, context);
    const isWord = plural !== undefined && saysItsNumber(tag, plural);
    return [
      ...textProblems(text, isWord ? { ...rule, placeholders: [], optional: rule.placeholders } : rule),
      ...(path === 'lead' ? leadProblems(tag, text) : []),
    ];
  });
  return [...shape, ...missingIn(texts, english, tag), ...halfPage(texts, english), ...contents];
};
