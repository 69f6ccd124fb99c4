/** The code is computed from the challenge with a key, so every try mails the same code and it is stored nowhere. */
import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { ChallengeId } from './challenge.ts';

/** The digits of a code. The brand prevents confusion with other strings, which could leak the code. */
export type Code = string & { readonly __brand: 'Code' };

export interface CodeSubject {
  readonly challengeId: ChallengeId;
  readonly userId: string;
}

const DOMAIN = 'otp/1';
const WORD_BYTES = 6;

const hmac = (key: KeyObject, data: string | Buffer): Buffer =>
  createHmac('sha256', key).update(data).digest();

/**
 * Returns `length` (6 to 10) decimal digits of HMAC-SHA-256(key, "otp/1" ‖ challengeId ‖ userId). The challenge id has a
 * fixed length, so the joined text is unambiguous. Six-byte words in the incomplete last interval are rejected, which makes
 * every code equally likely. If all five words of a digest are rejected (once in 10^23), the digest is hashed again.
 */
export const deriveCode = (key: KeyObject, { challengeId, userId }: CodeSubject, length: number): Code => {
  const codes = 10 ** length;
  const limit = 2 ** (8 * WORD_BYTES) - (2 ** (8 * WORD_BYTES) % codes);
  let block = hmac(key, `${DOMAIN}${challengeId}${userId}`);
  for (;;) {
    for (let at = 0; at + WORD_BYTES <= block.length; at += WORD_BYTES) {
      const word = block.readUIntBE(at, WORD_BYTES);
      if (word < limit) return String(word % codes).padStart(length, '0') as Code;
    }
    block = hmac(key, block);
  }
};

/** Compares two codes in constant time. `readAnswer` has already checked the length of the candidate. */
export const isSameCode = (candidate: Code, code: Code): boolean =>
  candidate.length === code.length && timingSafeEqual(Buffer.from(candidate), Buffer.from(code));
