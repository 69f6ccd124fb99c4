/** Makes a new key and writes it into the secret's text. */
import { randomInt } from 'node:crypto';
import type { KeyAddition, KeyReplacement } from './plan.ts';

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** As in the deployment's first key: 62^64 possible keys, more than the 256 bits that HMAC-SHA-256 can use. */
const KEY_CHARACTERS = 64;

/** Returns a new key, in which each character is equally likely: `randomInt` has no modulo bias. */
export const generateKey = (): string =>
  Array.from({ length: KEY_CHARACTERS }, () =>
    LETTERS_AND_DIGITS.charAt(randomInt(LETTERS_AND_DIGITS.length)),
  ).join('');

/** Returns the new text of the secret. For an addition `parseKeyring` must have accepted `text`; a replacement ignores it. */
export const writeKeyring = (text: string, plan: KeyAddition | KeyReplacement, key: string): string => {
  const added = { [new Date(plan.notBefore).toISOString()]: key };
  if (plan.kind === 'replace') return JSON.stringify(added);
  const kept = Object.entries(JSON.parse(text)).filter(([notBefore]) =>
    plan.keep.includes(Date.parse(notBefore)),
  );
  return JSON.stringify({ ...Object.fromEntries(kept), ...added });
};
