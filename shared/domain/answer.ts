/** What people type or paste into the code field. */
import type { Code } from './code.ts';

/** Longer answers cannot be a code, however it is spaced, and are not looked at further. */
const MAX_LENGTH = 64;

/** White space, dashes (also the minus sign), and invisible format characters such as bidirectional marks. */
const SEPARATORS = /[\s\p{Pd}\u2212\p{Cf}]/gu;

/** Every script's ten digits stand in a row from zero to nine, so the distance to the run's start is the value. */
const digitValue = (digit: string): string => {
  const isDigit = (codePoint: number) => /\p{Nd}/u.test(String.fromCodePoint(codePoint));
  const codePoint = digit.codePointAt(0) ?? 0;
  let zero = codePoint;
  while (isDigit(zero - 1)) zero -= 1;
  return String((codePoint - zero) % 10);
};

/**
 * The code that an answer spells, or undefined where it cannot be one of `length` digits. Spaces and dashes are
 * dropped; full-width, Arabic-Indic, circled and other Unicode digits count as the digits they are.
 */
export const readAnswer = (answer: unknown, length: number): Code | undefined => {
  if (typeof answer !== 'string' || answer.length > MAX_LENGTH) return undefined;
  const digits = answer
    .normalize('NFKC')
    .replace(SEPARATORS, '')
    .replace(/\p{Nd}/gu, digitValue);
  return /^[0-9]+$/.test(digits) && digits.length === length ? (digits as Code) : undefined;
};
