/** What is wrong with one text that people read in mails and on pages. It needs nothing of Node. */

/** What cannot be seen, may be a header of its own, or turns the writing direction. Scripts need the joiners and the two marks. */
const HIDDEN = /(?![\u200c-\u200f])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
/** What leaves nothing to see: blanks, and the characters that Unicode has for programs. U+2800 is Braille without a dot. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Z}\p{Cc}\u2800]/gu;
const PLACEHOLDER = /\{(\w+)\}/g;

/** Whether there is nothing to see in a text: blanks, and the joiners and marks that scripts need. */
export const isUnseen = (text: string): boolean => text.replaceAll(UNSEEN, '') === '';

/** Characters as people count them, save that an accent of its own counts too. */
export const lengthOf = (text: string): number => Array.from(text).length;

const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** What is wrong with the characters of a text of one line, whoever wrote it. Each continues a sentence that begins with its key. */
export const characterProblems = (text: string): readonly string[] => {
  const [hidden] = HIDDEN.exec(text) ?? [];
  const isEmpty = isUnseen(text);
  return [
    ...(isEmpty ? ['is empty: write a text'] : []),
    ...(isEmpty || text === text.trim() ? [] : ['begins or ends with a blank: leave it out']),
    ...(hidden === undefined
      ? []
      : [`has ${codePoint(hidden)}, a line break or an invisible character: type it instead of pasting it`]),
    ...(/[<>]/.test(text) ? ['has < or >: texts are plain, and HTML is not read'] : []),
    ...(text === text.normalize('NFC')
      ? []
      : ['has letters and their accents apart: save it in Unicode normalization form C (NFC)']),
  ];
};

export interface TextRule {
  /** What the text must have. */
  readonly placeholders: readonly string[];
  /** What it may have besides. */
  readonly optional?: readonly string[];
  /** Characters at most, as it is filled. */
  readonly longest: number;
  /** Puts in what is known at synthesis. */
  readonly fill: (text: string) => string;
  /** Whether it stands before the code, where other digits would be taken for it. */
  readonly isWithoutDigits: boolean;
}

const listed = (names: readonly string[]): string => names.map((name) => `{${name}}`).join(' and ');

const placeholderProblems = (text: string, { placeholders, optional = [] }: TextRule): readonly string[] => {
  const found = Array.from(text.matchAll(PLACEHOLDER), ([, name = '']) => name);
  const known = [...placeholders, ...optional];
  const unknown = found.filter((name) => !known.includes(name));
  const missing = placeholders.filter((name) => !found.includes(name));
  const takes = known.length === 0 ? 'takes none' : `takes ${listed(known)}`;
  return [
    ...(unknown.length > 0 ? [`has ${listed(unknown)}: it ${takes}`] : []),
    ...(missing.length > 0 ? [`lacks ${listed(missing)}, which is filled in there`] : []),
    ...(/[{}]/.test(text.replaceAll(PLACEHOLDER, ''))
      ? [`has a brace that is no placeholder: it ${takes}`]
      : []),
  ];
};

/** All that is wrong with a text of a language's file. Each continues a sentence that begins with the text's key. */
export const textProblems = (text: string, rule: TextRule): readonly string[] => {
  const length = lengthOf(rule.fill(text));
  return [
    ...characterProblems(text),
    ...placeholderProblems(text, rule),
    ...(length > rule.longest
      ? [
          `has ${length} characters${text === rule.fill(text) ? '' : ' with the brand'}: at most ${rule.longest}`,
        ]
      : []),
    ...(rule.isWithoutDigits && /\p{Nd}/u.test(text)
      ? ['has a digit: phones and readers would take a number before the code for the code']
      : []),
  ];
};
