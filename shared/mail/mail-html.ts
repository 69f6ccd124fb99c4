/** Writes a letter as HTML that mail programs show alike: tables, styles at each element, padding on cells only. */
import { directionOf, scriptOf } from '../language/script.ts';
import { type Html, html } from './html.ts';
import type { Block, Letter, Rank } from './letter.ts';
import type { Brand } from './mail-settings.ts';
import { CODE_FONTS, fontsOf, LIGHT, STYLES, type Surface } from './mail-style.ts';

const LOGO_WIDTH = 120;

/** Keeps the beginning of the mail out of the preview, which goes on where the preheader ends. */
const FILLER: Html = { html: '&#847;&zwnj;&nbsp;'.repeat(60) };

/** What a table needs so that no program draws or reads it as one. */
const TABLE: Html = { html: 'role="presentation" cellpadding="0" cellspacing="0" border="0"' };

const NOTHING: Html = { html: '' };

/** How the text of a language stands. Sides are named, because few programs know where a language begins a line. */
interface Typeset {
  readonly fonts: string;
  readonly side: 'left' | 'right';
  /** Declarations that say where a line may end. */
  readonly breaks: string;
}

/** Programs break Korean within words, as they do Chinese, unless they are told that it has spaces. */
const breaksOf = (language: string): string => (scriptOf(language) === 'Kore' ? ';word-break:keep-all' : '');

/** The beginning of an element's attributes. The class is for the dark modes. */
const paint = (place: Surface): Html => {
  const { color, background } = LIGHT[place];
  return html`class="${place}" style="color:${color};background-color:${background};`;
};

const FONT_SIZES: Readonly<Record<Rank, number>> = { card: 16, quiet: 14, foot: 14 };

const row = ({ fonts, side, breaks }: Typeset, rank: Rank, padding: string, content: Html): Html =>
  html`<tr><td align="${side}" bgcolor="${LIGHT[rank].background}" ${paint(rank)}padding:${padding};text-align:${side};font:${FONT_SIZES[rank]}px/1.5 ${fonts}${breaks}">${content}</td></tr>`;

const link = (rank: Rank, url: string, text: string): Html =>
  html`<a href="${url}" ${paint(rank)}text-decoration:underline;word-break:break-word">${text}</a>`;

const paragraph = (content: Html): Html => html`<p style="margin:0">${content}</p>`;

/**
 * One text of digits, from left to right, so that what is copied is the code. Letter-spacing sets the digits apart; it is in
 * pixels because Outlook makes other units too narrow, and follows the last digit too, which the padding evens out.
 */
const codeRow = (typeset: Typeset, code: string): Html =>
  row(
    typeset,
    'card',
    '0 24px 16px',
    html`<table ${TABLE} width="100%"><tr><td dir="ltr" align="center" bgcolor="${LIGHT.code.background}" ${paint('code')}padding:16px 4px 16px 7px;border-radius:8px;text-align:center;white-space:nowrap;font:700 28px/1.2 ${CODE_FONTS};letter-spacing:3px">${code}</td></tr></table>`,
  );

const blockRow = (typeset: Typeset, block: Block): Html => {
  if (block.kind === 'code') return codeRow(typeset, block.code);
  const { rank } = block;
  const line = (content: Html) => row(typeset, rank, '0 24px 12px', paragraph(content));
  switch (block.kind) {
    case 'sentence':
      return line(html`${block.text}`);
    case 'link':
      return line(link(rank, block.url, block.text));
    case 'address':
      return line(
        html`${block.before}<span dir="ltr">${link(rank, block.url, block.url)}</span>${block.after}`,
      );
  }
};

/** Programs that load no image show its name, in the colors of the plate on which it stands. */
const logo = ({ name, logoUrl = '', logoWidth = LOGO_WIDTH }: Brand, { fonts }: Typeset): Html =>
  html`<table ${TABLE}><tr><td bgcolor="${LIGHT.plate.background}" ${paint('plate')}padding:0;border-radius:8px"><img src="${logoUrl}" alt="${name}" width="${logoWidth}" ${paint('plate')}display:block;width:${logoWidth}px;max-width:100%;height:auto;border:0;font:700 18px/1.3 ${fonts}"></td></tr></table>`;

const bar = (color: string): Html =>
  html`<tr><td height="4" bgcolor="${color}" style="height:4px;padding:0;background-color:${color};font-size:1px;line-height:4px">&nbsp;</td></tr>`;

const brandRows = (brand: Brand | undefined, typeset: Typeset): readonly Html[] => {
  if (brand === undefined) return [];
  const { accentColor, name, logoUrl } = brand;
  const shown = logoUrl === undefined ? paragraph(html`<b>${name}</b>`) : logo(brand, typeset);
  return [
    ...(accentColor === undefined ? [] : [bar(accentColor)]),
    row(typeset, 'card', '24px 24px 0', shown),
  ];
};

const titleRow = ({ title }: Letter, typeset: Typeset): Html =>
  row(
    typeset,
    'card',
    '24px 24px 12px',
    html`<h1 style="margin:0;word-break:break-word;font:700 22px/1.3 ${typeset.fonts}">${title}</h1>`,
  );

/** The HTML part. It loads nothing but the logo, and needs neither that nor its style elements. */
export const writeMailHtml = (letter: Letter): string => {
  const { language, subject, preheader, brand, blocks } = letter;
  const direction = directionOf(language);
  const typeset: Typeset = {
    fonts: fontsOf(language),
    side: direction === 'rtl' ? 'right' : 'left',
    breaks: breaksOf(language),
  };
  const isFoot = (block: Block) => block.kind !== 'code' && block.rank === 'foot';
  const rowsOf = (some: readonly Block[]) => some.map((block) => blockRow(typeset, block));
  const onCard = rowsOf(blocks.filter((block) => !isFoot(block)));
  const below = rowsOf(blocks.filter(isFoot));
  return html`<!doctype html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<title>${subject}</title>
${STYLES}
</head>
<body ${paint('page')}margin:0;padding:0">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${preheader}${FILLER}</div>
<table ${TABLE} lang="${language}" dir="${direction}" width="100%" bgcolor="${LIGHT.page.background}" ${paint('page')}">
<tr><td align="center" style="padding:24px 12px">
<table ${TABLE} width="100%" bgcolor="${LIGHT.card.background}" ${paint('card')}max-width:480px;border-radius:12px;overflow:hidden">
${[...brandRows(brand, typeset), titleRow(letter, typeset), ...onCard]}
${row(typeset, 'card', '0 24px 12px', NOTHING)}
</table>
${below.length === 0 ? NOTHING : html`<table ${TABLE} width="100%" style="max-width:480px">\n${[row(typeset, 'foot', '12px 24px 0', NOTHING), ...below]}\n</table>`}
</td></tr>
</table>
</body>
</html>
`.html;
};
