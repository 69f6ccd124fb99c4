/** Checks of how a mail's HTML is written, as far as mail programs differ from browsers. */
import { directionOf } from '../../shared/language/script.ts';
import { readHtml, type StartTag, shownLines, stylesOf, tagsIn } from './html-parts.ts';
import { type FindProblems, timesIn, unless } from './judged-mail.ts';

/** Gmail cuts a mail off at about 102 KB; a mail with one code needs no fifth of that. */
const MAX_BYTES = 20_000;
/** What a notification or a list of mails shows of a mail's beginning, at most. */
const PREVIEW = 140;

export const findSizeProblems: FindProblems = ({ html }) =>
  unless([new TextEncoder().encode(html).length <= MAX_BYTES, `The HTML has more than ${MAX_BYTES} bytes`]);

/** Gmail keeps no attribute of html and body, so the outer table has them too. */
export const findLanguageProblems: FindProblems = ({ html, language }) =>
  ['html', 'table'].flatMap((name) => {
    const { lang, dir } = tagsIn(html, name)[0]?.attributes ?? {};
    return unless(
      [lang === language, `<${name}> does not have lang="${language}"`],
      [dir === directionOf(language), `<${name}> does not have dir="${directionOf(language)}"`],
    );
  });

/** What programs show of a mail that nobody has opened: its first characters, whether a reader will see them or not. */
export const previewOf = (html: string): string => {
  const parts = readHtml(html);
  const body = parts.slice(parts.findIndex((part) => part.kind === 'start' && part.name === 'body'));
  const texts = body.map((part) => (part.kind === 'text' ? part.text : ' ')).join('');
  return texts
    .replaceAll(/[^\S\u00a0]+/g, ' ')
    .trim()
    .slice(0, PREVIEW);
};

export const findPreviewProblems: FindProblems = ({ html, code }) => {
  const parts = readHtml(html);
  const body = parts.findIndex((part) => part.kind === 'start' && part.name === 'body');
  const first = parts.slice(body + 1).find((part) => part.kind !== 'text' || part.text.trim() !== '');
  const hides =
    first?.kind === 'start' && first.hidden && /mso-hide:\s*all/.test(first.attributes.style ?? '');
  return unless(
    [hides, 'The body does not begin with a hidden preheader'],
    [code === undefined || !previewOf(html).includes(code), 'The preview shows the code'],
  );
};

/** One text node in one cell, from left to right and on one line, so that one double click selects it and nothing else. */
export const findCodeCellProblems: FindProblems = ({ html, code }) => {
  if (code === undefined) return [];
  const parts = readHtml(html);
  const at = parts.findIndex((part) => part.kind === 'text' && part.text === code);
  const cell = parts[at - 1];
  const isCell = cell?.kind === 'start' && cell.name === 'td';
  return unless(
    [timesIn(html, code) === 1, 'The HTML does not have the code once'],
    [isCell, 'The code is not alone in a cell'],
    [isCell && cell.attributes.dir === 'ltr', 'The cell of the code has no dir="ltr"'],
    [isCell && /white-space:\s*nowrap/.test(cell.attributes.style ?? ''), 'The code may break over lines'],
  );
};

const DETECTED: readonly string[] = ['telephone', 'date', 'address', 'email', 'url'];

/** iOS makes links of times, and calls ten digits a telephone number. */
export const findDetectionProblems: FindProblems = ({ html, code }) => {
  const meta = tagsIn(html, 'meta').find(({ attributes }) => attributes.name === 'format-detection');
  const off = (meta?.attributes.content ?? '').split(/,\s*/);
  const links = tagsIn(html, 'a').map(({ attributes }) => attributes.href ?? '');
  return unless(
    [DETECTED.every((kind) => off.includes(`${kind}=no`)), 'format-detection is not off for all kinds'],
    [code === undefined || !links.some((link) => link.includes(code)), 'A link has the code'],
  );
};

const NEVER: readonly string[] = [
  'script',
  'form',
  'input',
  'iframe',
  'object',
  'embed',
  'link',
  'base',
  'video',
  'svg',
];

/** Nothing runs, and nothing is loaded but the logo, which is seen to be one. */
export const findForeignProblems: FindProblems = ({ html, brand }) => {
  const tags = tagsIn(html);
  const images = tags.filter(({ name }) => name === 'img').map(({ attributes }) => attributes);
  const isWhole = ({ src, alt, width, height, style = '' }: StartTag['attributes']) =>
    src?.startsWith('https://') && alt && width && (height || /height:\s*auto/.test(style));
  const isLogo = ({ src, width }: StartTag['attributes']) => src === brand?.logoUrl && Number(width) > 1;
  const runs = ({ attributes }: StartTag) => Object.keys(attributes).some((name) => name.startsWith('on'));
  return [
    ...new Set(tags.filter(({ name }) => NEVER.includes(name)).map(({ name }) => `The HTML has <${name}>`)),
    ...unless(
      [images.every(isWhole), 'An image is not from https, or does not say its alt, width and height'],
      [images.every(isLogo), 'An image is not the logo'],
      [!/@import|@font-face|url\(/i.test(html), 'A style loads something'],
      [!tags.some(runs), 'An attribute runs a script'],
      [!/\shref="(?!https:\/\/|mailto:)/.test(html), 'A link is neither https nor mailto'],
    ),
  ];
};

/** Word, which draws mails in classic Outlook, pads cells only, knows no em of letter-spacing and no background without colour. */
export const findOutlookProblems: FindProblems = ({ html }) => {
  const shown = tagsIn(html).filter(({ hidden }) => !hidden);
  const has = (name: string) => (styles: readonly (readonly [string, string])[]) =>
    styles.some(([property]) => property === name || property.startsWith(`${name}-`));
  return shown.flatMap((tag) => {
    const styles = stylesOf(tag);
    const spacing = styles.find(([property]) => property === 'letter-spacing')?.[1] ?? '0px';
    const isPainted =
      has('background')(styles) && tag.name !== 'body' && tag.name !== 'img' && tag.name !== 'a';
    return unless(
      [!has('padding')(styles) || tag.name === 'td' || tag.name === 'body', `<${tag.name}> has padding`],
      [/^[\d.]+px$|^0$|^normal$/.test(spacing), `<${tag.name}> has letter-spacing of ${spacing}`],
      [!isPainted || tag.attributes.bgcolor !== undefined, `<${tag.name}> has a background without bgcolor`],
    );
  });
};

/** One heading, and tables that only place things. */
export const findStructureProblems: FindProblems = ({ html }) =>
  unless(
    [tagsIn(html, 'h1').length === 1, 'The HTML does not have one <h1>'],
    [
      tagsIn(html, 'table').every(({ attributes }) => attributes.role === 'presentation'),
      'A table has no role="presentation"',
    ],
    [tagsIn(html, 'title').length === 1, 'The HTML has no <title>'],
  );

/** Who reads without images still sees who writes, and where help is. */
export const findWithoutImagesProblems: FindProblems = ({ html, brand }) => {
  if (brand === undefined) return [];
  const lines = shownLines(html);
  const links = tagsIn(html, 'a').map(({ attributes }) => attributes.href);
  return unless(
    [lines.some((line) => line.includes(brand.name)), 'Without images nothing names the company'],
    [brand.supportUrl === undefined || links.includes(brand.supportUrl), 'Nothing links to the support'],
  );
};
