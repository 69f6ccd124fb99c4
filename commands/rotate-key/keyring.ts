/** The secret's text with a new key in it. */
import { randomInt } from 'node:crypto';
import type { KeyAddition, KeyReplacement } from './plan.ts';

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** 62^64 possibilities, as the deployment's first key: more than the 256 bits that HMAC-SHA-256 can use. */
const KEY_CHARACTERS = 64;

/** Uniform: `randomInt` rejects what would favour some characters. */
export const generateKey = (): string =>
  Array.from({ length: KEY_CHARACTERS }, () =>
    LETTERS_AND_DIGITS.charAt(randomInt(LETTERS_AND_DIGITS.length)),
  ).join('');

/** `text` is a keyring that `parseKeyring` has accepted; a replacement does not look at it, so it may be broken. */
export const writeKeyring = (text: string, plan: KeyAddition | KeyReplacement, key: string): string => {
  const added = { [new Date(plan.notBefore).toISOString()]: key };
  if (plan.kind === 'replace') return JSON.stringify(added);
  const kept = Object.entries(JSON.parse(text)).filter(([notBefore]) =>
    plan.keep.includes(Date.parse(notBefore)),
  );
  return JSON.stringify({ ...Object.fromEntries(kept), ...added });
};
