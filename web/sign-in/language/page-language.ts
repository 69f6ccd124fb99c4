/** Chooses the language of the page by what the browser wishes, and loads it. */
import { ENGLISH as ENGLISH_WORDING } from '../../../client/words/english.ts';
import type { Wording } from '../../../client/words/wording.ts';
import { chooseLanguage } from '../../../shared/language/match-language.ts';
import english from '../../../shared/texts/en.json' with { type: 'json' };
import { requestJson } from '../../kit/http.ts';
import type { LanguageFile, PageTexts } from './page-texts.ts';

export interface PageLanguage {
  /** The tag of BCP 47. */
  readonly tag: string;
  readonly page: PageTexts;
  /** For the sentences of the code step. */
  readonly wording: Wording;
}

/** The languages of a built page, which stand in it as JSON. English needs no file. */
export interface OfferedLanguages {
  /** The tag for whom none of their wishes is there. */
  readonly otherwise: string;
  /** The path of each file, by tag. */
  readonly files: Readonly<Record<string, string>>;
}

const ENGLISH = 'en';

/** It is in the page's script. */
export const PAGE_IN_ENGLISH: PageLanguage = { tag: ENGLISH, page: english.page, wording: ENGLISH_WORDING };

/** Milliseconds. Nobody can sign in before the language is there. */
const PATIENCE_MS = 5_000;

/** Where the language is kept that somebody has chosen by hand. */
const CHOSEN = 'sign-in-language';

export const tagsOf = ({ files }: OfferedLanguages): readonly string[] => [
  ...new Set([ENGLISH, ...Object.keys(files)]),
];

/** What the person has chosen goes before what the browser wishes. */
export const wishesOf = (chosen: string | null, browser: readonly string[]): readonly string[] => [
  ...(chosen === null ? [] : [chosen]),
  ...browser,
];

export const keepChoice = (storage: Pick<Storage, 'setItem'>, tag: string): void =>
  storage.setItem(CHOSEN, tag);

export const readChosenLanguage = (storage: Pick<Storage, 'getItem'> | undefined): string | null =>
  storage?.getItem(CHOSEN) ?? null;

/** Its name changes with its content, so the browser may keep it. */
const loadFile = (path: string): Promise<LanguageFile> =>
  requestJson<LanguageFile>(path, { cache: 'default', signal: AbortSignal.timeout(PATIENCE_MS) });

/** English if the file of the language does not come in time: a page in another language is better than none. */
export const loadLanguage = async (
  offered: OfferedLanguages,
  wishes: readonly string[],
): Promise<PageLanguage> => {
  const tag = chooseLanguage(wishes, tagsOf(offered), offered.otherwise);
  const path = offered.files[tag];
  const file = path === undefined ? undefined : await loadFile(path).catch(() => undefined);
  if (file === undefined) return PAGE_IN_ENGLISH;
  const { page, words } = file;
  return { tag, page, wording: { language: tag, words } };
};
