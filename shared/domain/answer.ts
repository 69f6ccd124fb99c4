/** Reads what people type or paste into a field, above all the code. */
import type { Code } from './code.ts';

/** Longer answers are not read; a whole mail is shorter. */
const MAX_LENGTH = 1_000;

/** White space, dashes, the minus sign, and invisible format characters such as bidirectional marks. */
const SEPARATORS = /[\s\p{Pd}\u2212\p{Cf}]/gu;

const isDigit = (character: string): boolean => /^\p{Nd}$/u.test(character);

/** In Unicode the ten digits of a script follow each other from zero to nine, so the distance to the first is the value. */
const digitValue = (digit: string): string => {
  const codePoint = digit.codePointAt(0) ?? 0;
  let zero = codePoint;
  while (isDigit(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((codePoint - zero) % 10);
};

/** A digit of any form in ASCII. Numbers that are no digit, such as a fraction, stay as they are. */
const asciiDigit = (number: string): string => {
  const digit = number.normalize('NFKC');
  return isDigit(digit) ? digitValue(digit) : number;
};

/**
 * Returns the code in an answer, or undefined if there is none of `length` digits, or more than one. Spaces and dashes
 * between digits are ignored, and so is all that people paste with the code: `Code: 012 345.` Full-width, Arabic-Indic,
 * circled and other Unicode digits are read as digits.
 */
export const readAnswer = (answer: unknown, length: number): Code | undefined => {
  if (typeof answer !== 'string' || answer.length > MAX_LENGTH) return undefined;
  const numbers =
    answer
      .replace(/\p{N}/gu, asciiDigit)
      .replace(SEPARATORS, '')
      .match(/[0-9]+/g) ?? [];
  const [code, ...others] = numbers.filter((number) => number.length === length);
  return others.length === 0 ? (code as Code | undefined) : undefined;
};

/** White space and invisible format characters around a text, which come with copying and cannot be seen. */
const AROUND = /^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu;

/** A text that somebody has typed or pasted, without what is invisible around it. */
export const bareText = (text: string): string => text.replace(AROUND, '');
