/** The gallery: the sign-in page in each of its states, in the language, theme and brand that are chosen. */
import { GALLERY_STATES } from '../../../web/gallery/states.ts';
import { byId, h } from '../../../web/kit/element.ts';
import { tagsOf } from '../../../web/sign-in/language/page-language.ts';
import { readOffered } from '../../../web/sign-in/language/show-language.ts';

const select = (id: string) => byId<HTMLSelectElement>(id);

const tags = tagsOf(readOffered()).toSorted();
select('gallery-language').replaceChildren(
  ...tags.map((tag) => h('option', { value: tag, selected: tag === 'en' }, tag)),
);

const CHOICES = ['language', 'theme', 'brand'] as const;

const frames = GALLERY_STATES.map(({ name }) => ({
  name,
  frame: h('iframe', { title: name, loading: 'lazy' }),
  link: h('a', { target: '_blank' }, name),
}));

const show = (): void => {
  const chosen = CHOICES.map((name) => [name, select(`gallery-${name}`).value]);
  for (const { name, frame, link } of frames) {
    const address = `./gallery-state?${new URLSearchParams([['state', name], ...chosen] as string[][])}`;
    frame.src = address;
    link.href = address;
  }
};

byId('gallery').replaceChildren(
  ...frames.map(({ frame, link }) => h('figure', {}, h('figcaption', {}, link), frame)),
);
for (const name of CHOICES) select(`gallery-${name}`).addEventListener('change', show);
show();
