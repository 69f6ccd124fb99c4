/** Reads what people type or paste into the code field. */
import type { Code } from './code.ts';

/** Longer answers cannot be a code, even with many spaces, and are not read. */
const MAX_LENGTH = 64;

/** White space, dashes, the minus sign, and invisible format characters such as bidirectional marks. */
const SEPARATORS = /[\s\p{Pd}\u2212\p{Cf}]/gu;

/** In Unicode the ten digits of a script follow each other from zero to nine, so the distance to the first is the value. */
const digitValue = (digit: string): string => {
  const isDigit = (codePoint: number) => /\p{Nd}/u.test(String.fromCodePoint(codePoint));
  const codePoint = digit.codePointAt(0) ?? 0;
  let zero = codePoint;
  while (isDigit(zero - 1)) zero -= 1;
  return String((codePoint - zero) % 10);
};

/**
 * Returns the code in an answer, or undefined if the answer cannot be a code of `length` digits. Spaces and dashes are
 * ignored. Full-width, Arabic-Indic, circled and other Unicode digits are read as digits.
 */
export const readAnswer = (answer: unknown, length: number): Code | undefined => {
  if (typeof answer !== 'string' || answer.length > MAX_LENGTH) return undefined;
  const digits = answer
    .normalize('NFKC')
    .replace(SEPARATORS, '')
    .replace(/\p{Nd}/gu, digitValue);
  return /^[0-9]+$/.test(digits) && digits.length === length ? (digits as Code) : undefined;
};
