/**
 * Reads the HTML of our mails into tags and texts. It is enough for what `composeCodeMail` and `composeNotice` write, all of whose tags are written out,
 * and runs where there is no document.
 */

export type HtmlPart =
  | {
      readonly kind: 'start';
      readonly name: string;
      readonly attributes: Readonly<Record<string, string>>;
      /** Whether the element or one around it is not shown. */
      readonly hidden: boolean;
    }
  | { readonly kind: 'end'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string; readonly hidden: boolean };

export type StartTag = Extract<HtmlPart, { kind: 'start' }>;

const PART =
  /<!--[\s\S]*?-->|<!doctype[^>]*>|<(\/?)([a-z][a-z0-9]*)((?:\s+[^\s=>]+(?:="[^"]*")?)*)\s*>|([^<]+)/gi;
const ATTRIBUTE = /([^\s=]+)(?:="([^"]*)")?/g;
const VOID: readonly string[] = ['br', 'hr', 'img', 'link', 'meta'];
/** Elements whose content nobody is shown. */
const UNSEEN: readonly string[] = ['head', 'script', 'style', 'title'];
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  gt: '>',
  lt: '<',
  nbsp: '\u00a0',
  quot: '"',
  zwnj: '\u200c',
};

const decode = (text: string): string =>
  text.replaceAll(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (entity, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name] ?? entity;
    return String.fromCodePoint(decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal));
  });

const attributesOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Array.from(text.matchAll(ATTRIBUTE), ([, name = '', value = '']) => [name.toLowerCase(), decode(value)]),
  );

export const readHtml = (html: string): readonly HtmlPart[] => {
  const parts: HtmlPart[] = [];
  const open: { readonly name: string; readonly hidden: boolean }[] = [];
  const isHidden = () => open.at(-1)?.hidden === true;
  for (const [, slash, tag, rest = '', text] of html.matchAll(PART)) {
    if (text !== undefined) parts.push({ kind: 'text', text: decode(text), hidden: isHidden() });
    if (tag === undefined) continue;
    const name = tag.toLowerCase();
    if (slash === '/') {
      open.length = Math.max(
        0,
        open.findLastIndex((element) => element.name === name),
      );
      parts.push({ kind: 'end', name });
    } else {
      const attributes = attributesOf(rest);
      const hidden = isHidden() || UNSEEN.includes(name) || /display:\s*none/.test(attributes.style ?? '');
      parts.push({ kind: 'start', name, attributes, hidden });
      if (!VOID.includes(name)) open.push({ name, hidden });
    }
  }
  return parts;
};

export const tagsIn = (html: string, name?: string): readonly StartTag[] =>
  readHtml(html).filter(
    (part): part is StartTag => part.kind === 'start' && (name === undefined || part.name === name),
  );

/** The declarations of the attribute `style`: `[property, value]`. */
export const stylesOf = ({ attributes }: StartTag): readonly (readonly [string, string])[] =>
  (attributes.style ?? '')
    .split(';')
    .map((declaration) => declaration.split(/:(.*)/s))
    .map(([property = '', value = '']) => [property.trim(), value.trim()] as const)
    .filter(([property]) => property !== '');

const BLOCKS: readonly string[] = ['br', 'div', 'h1', 'h2', 'p', 'table', 'td', 'tr'];

/** The lines that are shown, with images off: an image is its `alt`. Spaces that only pad are left out. */
export const shownLines = (html: string): readonly string[] =>
  readHtml(html)
    .map((part) => {
      if (part.kind === 'text') return part.hidden ? '' : part.text.replaceAll(/\s+/g, ' ');
      if (BLOCKS.includes(part.name)) return '\n';
      return part.kind === 'start' && part.name === 'img' && !part.hidden ? (part.attributes.alt ?? '') : '';
    })
    .join('')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
