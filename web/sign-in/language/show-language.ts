/** Shows the page in its language, and lets people choose another one. */
import { directionOf } from '../../../shared/language/script.ts';
import { byId, h, setText } from '../../kit/element.ts';
import { keepChoice, type OfferedLanguages, type PageLanguage, tagsOf } from './page-language.ts';
import { textAt } from './page-texts.ts';

/** Reads from the page which languages it has. */
export const readOffered = (): OfferedLanguages => JSON.parse(byId('languages').dataset.offered ?? '');

/** Puts the texts into the elements that name one by `data-text`. */
const fillTexts = ({ page, wording: { words } }: PageLanguage): void => {
  for (const element of document.querySelectorAll<HTMLElement>('[data-text]'))
    setText(element, textAt({ page, words }, String(element.dataset.text)) ?? '');
};

/** The style sheet hides the texts until `data-ready` is there, so that nobody sees another language first. */
export const showLanguage = (language: PageLanguage): void => {
  const { documentElement: root } = document;
  root.lang = language.tag;
  root.dir = directionOf(language.tag);
  fillTexts(language);
  for (const link of document.querySelectorAll('.skip')) setText(link, language.page.skip);
  root.dataset.ready = '';
};

/** A language by its own name, so that those who look for it can read it. */
const nameOf = (tag: string): string => {
  const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
};

/** Loads the page anew in the language that somebody chooses. Without a place to keep the choice, none is offered. */
export const offerLanguages = (
  offered: OfferedLanguages,
  { tag: current }: PageLanguage,
  storage: Storage | undefined,
): void => {
  if (storage === undefined) return;
  const tags = tagsOf(offered);
  const option = (tag: string) =>
    h('option', { value: tag, lang: tag, selected: tag === current }, nameOf(tag));
  const select = byId<HTMLSelectElement>('language');
  select.replaceChildren(...tags.map(option));
  select.addEventListener('change', () => {
    keepChoice(storage, select.value);
    location.reload();
  });
  byId('language-choice').hidden = tags.length < 2;
};
