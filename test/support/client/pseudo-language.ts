/**
 * A language that nobody speaks, made from the English texts: what is not in brackets is not translated, and what is longer than
 * in English shows where it does not fit. Placeholders stay.
 */
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const ACCENTED = 'áƀçðéƒğĥîĵķļɱñöþǫŕšţüṽŵẋýž';
/** The letters of Hebrew, final ones too, with which browsers write from right to left. */
const HEBREW = 'אבגדהוזחטיךכלםמןנסעףפץצקרש';

/** By how much German and others may be longer than English. */
const LONGER = 0.4;

const withLetters = (text: string, letters: string): string =>
  text.replaceAll(/\{\w+\}|[a-z]/gi, (found) =>
    found.length > 1 ? found : (letters[LETTERS.indexOf(found.toLowerCase())] ?? found),
  );

/** Fills up with short words, so that lines can be broken. */
const padding = (length: number): string =>
  '~~~~ '
    .repeat(Math.ceil(length / 5))
    .slice(0, Math.ceil(length))
    .trimEnd();

export const pseudoText = (text: string, isRightToLeft = false): string =>
  `[${withLetters(text, isRightToLeft ? HEBREW : ACCENTED)} ${padding(text.length * LONGER)}]`;

/** All texts of a section or a file of `shared/texts/`. */
export const pseudoTexts = <Tree extends object>(texts: Tree, isRightToLeft = false): Tree =>
  Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [
      key,
      typeof text === 'string' ? pseudoText(text, isRightToLeft) : pseudoTexts(text, isRightToLeft),
    ]),
  ) as Tree;
