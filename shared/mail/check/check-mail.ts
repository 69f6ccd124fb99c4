/** Checks all that a company gives its mails, at once. */
import { MAX_TAG, matchLanguage } from '../../language/match-language.ts';
import type { TextTree } from '../../language/shipped-texts.ts';
import type { Brand } from '../mail-settings.ts';
import { brandProblems } from './check-brand.ts';
import { languageProblems, mergeTexts } from './check-language.ts';

/** A file of a language's texts. */
export interface TextFile {
  /** Its name in its folder, such as `de.json`. */
  readonly name: string;
  /** How messages call it, such as `mail/texts/de.json`. */
  readonly path: string;
  /** What was parsed, or why that was not possible. */
  readonly content:
    | { readonly kind: 'read'; readonly value: unknown }
    | { readonly kind: 'unreadable'; readonly why: string };
}

export interface GivenMail {
  readonly brand?: unknown;
  readonly defaultLocale?: unknown;
  /** What messages call the place of these two. */
  readonly path: string;
  readonly files: readonly TextFile[];
}

/** What mails look like and say: as `MailSettings`, with all sections of the texts. */
export interface CheckedMail {
  readonly brand?: Brand;
  readonly defaultLocale: string;
  readonly texts: Readonly<Record<string, TextTree>>;
}

export type MailCheck =
  | { readonly kind: 'right'; readonly mail: CheckedMail }
  | { readonly kind: 'wrong'; readonly problems: readonly string[] };

const DEFAULT_LOCALE = 'en';

const canonical = (tag: string): string | undefined => {
  try {
    return new Intl.Locale(tag).toString();
  } catch {
    return undefined;
  }
};

/** What is wrong with the name of a file; undefined if it is the tag of a language as it is written. */
const wrongName = (name: string): string | undefined => {
  const tag = name.replace(/\.json$/i, '');
  const right = canonical(tag.replaceAll('_', '-'));
  if (right === undefined || right.startsWith('und') || right.length > MAX_TAG)
    return 'is not called after a language: name it by its tag of BCP 47, such as de.json or pt-BR.json, or move it elsewhere';
  return `${right}.json` === name ? undefined : `must be called ${right}.json`;
};

const tagOf = ({ name }: TextFile): string => name.replace(/\.json$/, '');

type Shipped = Readonly<Record<string, TextTree>>;

const fileProblems = (file: TextFile, shipped: Shipped, brand: string | undefined): readonly string[] => {
  const name = wrongName(file.name);
  if (name !== undefined) return [`${file.path} ${name}`];
  if (file.content.kind === 'unreadable') return [`${file.path} ${file.content.why}`];
  const { en: english = {} } = shipped;
  const tag = tagOf(file);
  const own = Object.hasOwn(shipped, tag) ? shipped[tag] : undefined;
  const texts = { tag, given: file.content.value, shipped: own };
  return languageProblems(texts, { english, brand }).map((problem) => `${file.path}: ${problem}`);
};

/** The shipped texts are right, save that a long brand may not fit into a subject. */
const shippedProblems = (
  { files, path }: GivenMail,
  shipped: Shipped,
  brand: string | undefined,
): readonly string[] => {
  const { en: english = {} } = shipped;
  const replaced = files.map(tagOf);
  return Object.entries(shipped)
    .filter(([tag]) => !replaced.includes(tag))
    .flatMap(([tag, texts]) =>
      languageProblems({ tag, given: {}, shipped: texts }, { english, brand }).map(
        (problem) =>
          `${path}: with this brand.name the shipped ${tag}.json does not fit: ${problem}. Shorten the name, or give a ${tag}.json of your own with a shorter text`,
      ),
    );
};

const localeProblems = ({ defaultLocale, path }: GivenMail, tags: readonly string[]): readonly string[] => {
  if (defaultLocale === undefined || tags.some((tag) => tag === defaultLocale)) return [];
  const near = typeof defaultLocale === 'string' ? matchLanguage(defaultLocale, tags) : undefined;
  return [
    `${path}: defaultLocale ${near === undefined ? `must be one of ${tags.join(', ')}` : `has no file: ${near} has one`}`,
  ];
};

const nameOf = (brand: unknown): string | undefined => {
  const { name } = Object(brand) as { readonly name?: unknown };
  return typeof name === 'string' ? name : undefined;
};

/** Checks everything, and puts the texts over the shipped ones. Each problem names its file and key, and says what to do. */
export const checkMail = (given: GivenMail, shipped: Shipped): MailCheck => {
  const { brand, defaultLocale = DEFAULT_LOCALE, files, path } = given;
  const name = nameOf(brand);
  const tags = [...new Set([...Object.keys(shipped), ...files.map(tagOf)])].toSorted();
  const ofBrand = brand === undefined ? [] : brandProblems(brand).map((problem) => `${path}: ${problem}`);
  const problems = [
    ...ofBrand,
    ...localeProblems(given, tags),
    ...files.flatMap((file) => fileProblems(file, shipped, name)),
    // A name that is wrong by itself would be said to be too long once for each language.
    ...(ofBrand.length > 0 ? [] : shippedProblems(given, shipped, name)),
  ];
  if (problems.length > 0) return { kind: 'wrong', problems };
  const own = Object.fromEntries(
    files.map((file) => {
      const value = file.content.kind === 'read' ? (file.content.value as TextTree) : {};
      const tag = tagOf(file);
      return [tag, mergeTexts(Object.hasOwn(shipped, tag) ? shipped[tag] : undefined, value)];
    }),
  );
  return {
    kind: 'right',
    mail: {
      ...(brand !== undefined && { brand: brand as Brand }),
      defaultLocale: String(defaultLocale),
      texts: { ...shipped, ...own },
    },
  };
};
