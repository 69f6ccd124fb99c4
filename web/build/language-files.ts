/** The languages of the sign-in page, as files beside it. */
import { createHash } from 'node:crypto';
import { shippedTexts, type TextTree } from '../../shared/language/shipped-texts.ts';
import english from '../../shared/texts/en.json' with { type: 'json' };
import type { OfferedLanguages } from '../sign-in/language/page-language.ts';
import { type LanguageFile, textAt } from '../sign-in/language/page-texts.ts';

/** Stands in the built page where its languages belong. */
export const LANGUAGES = '{{languages}}';

/** By tag. */
export type Languages = Readonly<Record<string, LanguageFile>>;

/** Those that have the words of the page, of all languages or of a company's. */
export const pageLanguages = (texts: Readonly<Record<string, TextTree>>): Languages =>
  Object.fromEntries(
    Object.entries(texts).flatMap(([tag, { page, words }]) =>
      page === undefined || words === undefined ? [] : [[tag, { page, words } as unknown as LanguageFile]],
    ),
  );

/** For texts, and for attributes in double quotes. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** The English that is in the page's script. It is read from its file: the published commands have only a part of it in them. */
const bundledEnglish = (): string => JSON.stringify(pageLanguages(shippedTexts()).en);

/** A file for each language but the English that is in the page's script, and the page with their paths. */
export const withLanguages = (
  html: string,
  languages: Languages,
  otherwise = 'en',
): { readonly html: string; readonly files: ReadonlyMap<string, string> } => {
  const files = new Map<string, string>();
  const paths: Record<string, string> = {};
  const bundled = bundledEnglish();
  for (const [tag, file] of Object.entries(languages)) {
    const body = JSON.stringify(file);
    if (tag === 'en' && body === bundled) continue;
    const hash = createHash('sha256').update(body).digest('hex').slice(0, 8);
    paths[tag] = `assets/texts-${tag}-${hash}.json`;
    files.set(paths[tag], body);
  }
  const offered: OfferedLanguages = { otherwise, files: paths };
  return { html: html.replace(LANGUAGES, () => escapeHtml(JSON.stringify(offered))), files };
};

/**
 * Puts the English word in the place of each `{{page.…}}` and `{{words.…}}`, so that the page can be read and filled in before its script
 * has come. The element learns the name of its text, by which the script finds it.
 */
export const fillEnglish = (html: string): string =>
  html.replaceAll(/>\{\{((?:page|words)\.[\w.]+)\}\}/g, (_, path: string) => {
    const text = textAt(english, path);
    if (text === undefined) throw new Error(`There is no text ${path}`);
    return ` data-text="${path}">${escapeHtml(text)}`;
  });
