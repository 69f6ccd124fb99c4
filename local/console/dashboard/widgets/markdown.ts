/** Turns Markdown into elements without HTML in between, so that nothing in a text becomes markup. */
import { lexer, type Token, type Tokens } from 'marked';
import { type Child, h } from '../../../../web/kit/element.ts';

const children = (tokens: readonly Token[] | undefined): readonly Child[] => (tokens ?? []).map(render);

/** A heading of level 2 or 3: the page's own title has level 1. */
const heading = ({ depth, tokens }: Tokens.Heading): HTMLElement =>
  h(depth <= 2 ? 'h2' : 'h3', {}, ...children(tokens));

/** Makes a link only for an address that also works in CloudWatch. */
const link = ({ href, tokens }: Tokens.Link): HTMLElement =>
  /^https?:\/\//.test(href) ? h('a', { href }, ...children(tokens)) : h('span', {}, ...children(tokens));

const list = ({ ordered, items }: Tokens.List): HTMLElement =>
  h(
    ordered ? 'ol' : 'ul',
    { class: 'bullets' },
    ...items.map((item) => h('li', {}, ...children(item.tokens))),
  );

/** Shows an unknown token, such as HTML, as it was written. */
function render(token: Token): Child {
  switch (token.type) {
    case 'space':
      return undefined;
    case 'heading':
      return heading(token as Tokens.Heading);
    case 'paragraph':
      return h('p', {}, ...children(token.tokens));
    case 'strong':
      return h('strong', {}, ...children(token.tokens));
    case 'em':
      return h('em', {}, ...children(token.tokens));
    case 'codespan':
      return h('code', {}, (token as Tokens.Codespan).text);
    case 'code':
      return h('pre', { tabindex: 0 }, (token as Tokens.Code).text);
    case 'link':
      return link(token as Tokens.Link);
    case 'list':
      return list(token as Tokens.List);
    case 'br':
      return h('br');
    case 'text':
      return token.tokens === undefined
        ? (token as Tokens.Text).text
        : h('span', {}, ...children(token.tokens));
    case 'escape':
      return (token as Tokens.Escape).text;
    default:
      return token.raw;
  }
}

export const markdownElements = (markdown: string): readonly Child[] => children(lexer(markdown));
