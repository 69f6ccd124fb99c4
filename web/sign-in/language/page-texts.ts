/** The words of the page in one language. */
import type { StepWords } from '../../../client/words/wording.ts';
import type english from '../../../shared/texts/en.json';

/** What the page needs of a file in `shared/texts/`: its own words, and those of the code step. */
export interface LanguageFile {
  readonly page: Readonly<(typeof english)['page']>;
  readonly words: StepWords;
}

export type PageTexts = LanguageFile['page'];

/** The text at a path such as `page.email`; undefined if there is none. */
export const textAt = (file: LanguageFile, path: string): string | undefined => {
  const found = path
    .split('.')
    .reduce<unknown>((node, key) => (node as Readonly<Record<string, unknown>> | undefined)?.[key], file);
  return typeof found === 'string' ? found : undefined;
};
