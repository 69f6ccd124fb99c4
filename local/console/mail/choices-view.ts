/** The form that says which mail is shown, and how. What is chosen is in the page's address. */
import { h } from '../../../web/kit/element.ts';
import type { LocalAnswers } from '../../api/types.ts';

/** The values of the form by their names. */
export type Chosen = Readonly<Record<string, string>>;

type Options = readonly (readonly [value: string, label: string])[];

const KINDS: Readonly<Record<string, string>> = {
  code: 'A code',
  locked: 'Notice: locked',
  wrongCodes: 'Notice: wrong codes',
};
const THEMES: Options = [
  ['light', 'Light'],
  ['dark', 'Dark'],
  ['inverted', 'Inverted by the program'],
  ['bare', 'Without its styles'],
];

const languageName = (tag: string): string =>
  `${new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag} (${tag})`;

const field = (name: string, label: string, options: Options): HTMLElement =>
  h(
    'label',
    { class: 'field' },
    label,
    h('select', { name }, ...options.map(([value, text]) => h('option', { value }, text))),
  );

const OFF_ON: Options = [
  ['off', 'Off'],
  ['on', 'On'],
];

const fieldsFor = ({ languages, notices }: LocalAnswers['mails.json']): readonly HTMLElement[] => [
  field(
    'language',
    'Language',
    languages.map((tag) => [tag, languageName(tag)] as const),
  ),
  field(
    'kind',
    'Kind',
    ['code', ...notices].map((kind) => [kind, KINDS[kind] ?? kind] as const),
  ),
  field(
    'digits',
    'Digits',
    ['6', '8', '10'].map((digits) => [digits, digits] as const),
  ),
  field('theme', 'Theme', THEMES),
  field('width', 'Width', [
    ['600', '600 px'],
    ['320', '320 px'],
  ]),
  field('images', 'Images', OFF_ON),
  field('link', 'Link “not me”', OFF_ON),
];

const read = (form: HTMLFormElement): Chosen =>
  Object.fromEntries(Array.from(new FormData(form), ([name, value]) => [name, String(value)]));

/** Fills the form, with what the page's address says, and calls `change` at once and at each change. */
export const showChoices = (
  form: HTMLFormElement,
  choices: LocalAnswers['mails.json'],
  change: (chosen: Chosen) => void,
): void => {
  form.replaceChildren(...fieldsFor(choices));
  const query = new URLSearchParams(location.search);
  for (const select of form.querySelectorAll('select')) {
    const wanted = query.get(select.name) ?? (select.name === 'language' ? choices.defaultLocale : undefined);
    if ([...select.options].some(({ value }) => value === wanted)) select.value = String(wanted);
  }
  form.hidden = false;
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('change', () => {
    const chosen = read(form);
    for (const [name, value] of Object.entries(chosen)) query.set(name, value);
    history.replaceState(null, '', `?${query}`);
    change(chosen);
  });
  change(read(form));
};
