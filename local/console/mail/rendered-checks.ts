/** Checks of a mail as a browser has rendered it: they look at a document, in the tests' browser or in the console's frame. */
import { type ColorShares, contrastOfShares } from '../../../shared/mail/check/contrast.ts';
import { invertColour, readColour } from './colours.ts';

/** WCAG 2.2, 1.4.3, for text of any size. */
const MIN_CONTRAST = 4.5;
/** What shows through where nothing has a colour, in light and in dark mode. */
const LIGHT_CANVAS: ColorShares = [1, 1, 1];
const DARK_CANVAS: ColorShares = [0.07, 0.07, 0.07];

const styleOf = (element: Element): CSSStyleDeclaration =>
  (element.ownerDocument.defaultView ?? window).getComputedStyle(element);

const isShown = (element: Element): boolean =>
  element.checkVisibility() && element.closest('[style*="display:none"]') === null;

/** Elements with a text of their own, and images, in whose place their `alt` may stand. */
const textsOf = (document: Document): readonly Element[] =>
  [...document.body.querySelectorAll('*')].filter(
    (element) =>
      isShown(element) &&
      (element.tagName === 'IMG' ||
        [...element.childNodes].some(({ nodeType, nodeValue }) => nodeType === 3 && nodeValue?.trim())),
  );

const backgroundOf = (element: Element | null, canvas: ColorShares): ColorShares => {
  if (element === null) return canvas;
  return readColour(styleOf(element).backgroundColor) ?? backgroundOf(element.parentElement, canvas);
};

const wordsOf = (element: Element): string =>
  (element.getAttribute('alt') ?? element.textContent ?? '').trim().slice(0, 30);

export interface Rendered {
  readonly document: Document;
  /** Undefined for a notice. */
  readonly code?: string | undefined;
  /** How it is shown; `inverted` as by programs that turn every colour round. Undefined: light. */
  readonly theme?: string | undefined;
}

/** Every text against what is behind it, the texts of images too. */
const findContrastProblems = ({ document, theme = 'light' }: Rendered): readonly string[] =>
  textsOf(document).flatMap((element) => {
    const text = readColour(styleOf(element).color);
    if (text === undefined) return [`“${wordsOf(element)}” is translucent`];
    const background = backgroundOf(element, theme === 'dark' ? DARK_CANVAS : LIGHT_CANVAS);
    const contrast =
      theme === 'inverted'
        ? contrastOfShares(invertColour(text), invertColour(background))
        : contrastOfShares(text, background);
    return contrast < MIN_CONTRAST
      ? [`“${wordsOf(element)}” has a contrast of ${contrast.toFixed(2)} : 1`]
      : [];
  });

const findOverflowProblems = ({ document: { documentElement } }: Rendered): readonly string[] => {
  const overflow = documentElement.scrollWidth - documentElement.clientWidth;
  return overflow > 0 ? [`It is ${overflow} pixels wider than its window`] : [];
};

/** What somebody copies who selects the code's cell, and on how many lines it stands. */
const findSelectionProblems = ({ document, code }: Rendered): readonly string[] => {
  if (code === undefined) return [];
  const cell = [...document.querySelectorAll('td')].findLast(({ textContent }) => textContent === code);
  const selection = document.defaultView?.getSelection();
  if (cell === undefined || !selection) return ['No cell has the code and nothing else'];
  selection.selectAllChildren(cell);
  const selected = selection.toString();
  const range = selection.getRangeAt(0);
  const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
  selection.removeAllRanges();
  return [
    ...(selected === code ? [] : [`Selecting the code gives “${selected}”`]),
    ...(lines === 1 ? [] : [`The code stands on ${lines} lines`]),
  ];
};

export interface RenderedCheck {
  readonly number: number;
  /** What holds if nothing is found. */
  readonly says: string;
  readonly find: (rendered: Rendered) => readonly string[];
}

/** Those that need a browser. */
export const RENDERED_CHECKS: readonly RenderedCheck[] = [
  { number: 9, says: 'Selecting the code gives the code', find: findSelectionProblems },
  { number: 13, says: 'Every text has a contrast of 4.5 : 1 in this theme', find: findContrastProblems },
  { number: 15, says: 'It fits this width', find: findOverflowProblems },
];
