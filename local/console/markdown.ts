/** Turns Markdown into elements without HTML in between, so that nothing in a text becomes markup. */
import { lexer, type Token, type Tokens } from 'marked';
import { type Child, h } from '../../web/kit/element.ts';

/** Returns where a link of the text leads on this page, or undefined if it leads nowhere here. */
export type ResolveLink = (href: string) => string | undefined;

/** Makes a link only for an address that also works in CloudWatch. */
const anywhere: ResolveLink = (href) => (/^https?:\/\//.test(href) ? href : undefined);

/** A heading of level 2 or 3: the page's own title has level 1. */
const heading = ({ depth, tokens }: Tokens.Heading, resolve: ResolveLink): HTMLElement =>
  h(depth <= 2 ? 'h2' : 'h3', {}, ...children(tokens, resolve));

const link = ({ href, tokens }: Tokens.Link, resolve: ResolveLink): HTMLElement => {
  const target = resolve(href);
  const words = children(tokens, resolve);
  return target === undefined ? h('span', {}, ...words) : h('a', { href: target }, ...words);
};

const list = ({ ordered, items }: Tokens.List, resolve: ResolveLink): HTMLElement =>
  h(
    ordered ? 'ol' : 'ul',
    { class: 'bullets' },
    ...items.map((item) => h('li', {}, ...children(item.tokens, resolve))),
  );

const row = (name: 'th' | 'td', cells: readonly Tokens.TableCell[], resolve: ResolveLink): HTMLElement =>
  h(
    'tr',
    {},
    // An empty cell heads nothing, for a screen reader.
    ...cells.map(({ tokens }) => h(tokens.length === 0 ? 'td' : name, {}, ...children(tokens, resolve))),
  );

const table = ({ header, rows }: Tokens.Table, resolve: ResolveLink): HTMLElement =>
  h(
    'table',
    {},
    h('thead', {}, row('th', header, resolve)),
    h('tbody', {}, ...rows.map((cells) => row('td', cells, resolve))),
  );

/** Shows an unknown token, such as HTML, as it was written. */
const render = (token: Token, resolve: ResolveLink): Child => {
  const within = () => children((token as Tokens.Generic).tokens, resolve);
  switch (token.type) {
    case 'space':
      return undefined;
    case 'heading':
      return heading(token as Tokens.Heading, resolve);
    case 'paragraph':
      return h('p', {}, ...within());
    case 'strong':
      return h('strong', {}, ...within());
    case 'em':
      return h('em', {}, ...within());
    case 'codespan':
      return h('code', {}, (token as Tokens.Codespan).text);
    case 'code':
      return h('pre', { tabindex: 0 }, (token as Tokens.Code).text);
    case 'link':
      return link(token as Tokens.Link, resolve);
    case 'list':
      return list(token as Tokens.List, resolve);
    case 'table':
      return table(token as Tokens.Table, resolve);
    case 'br':
      return h('br');
    case 'text':
      return token.tokens === undefined ? (token as Tokens.Text).text : h('span', {}, ...within());
    case 'escape':
      return (token as Tokens.Escape).text;
    default:
      return token.raw;
  }
};

const children = (tokens: readonly Token[] | undefined, resolve: ResolveLink): readonly Child[] =>
  (tokens ?? []).map((token) => render(token, resolve));

export const markdownElements = (markdown: string, resolve: ResolveLink = anywhere): readonly Child[] =>
  children(lexer(markdown), resolve);
