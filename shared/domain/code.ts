/** The code: a keyed function of the challenge, so every re-run mails the same one and nobody stores it. */
import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { ChallengeId } from './challenge.ts';

/** Digits; branded because mixing it up with another string would be a leak. */
export type Code = string & { readonly __brand: 'Code' };

export interface CodeSubject {
  readonly challengeId: ChallengeId;
  readonly userId: string;
}

const DOMAIN = 'otp/1';
const ADDRESS_DOMAIN = 'address/1';
const WORD_BYTES = 6;

const hmac = (key: KeyObject, data: string | Buffer): Buffer =>
  createHmac('sha256', key).update(data).digest();

/**
 * `length` (6 to 10) decimal digits of HMAC-SHA-256(key, "otp/1" ‖ challengeId ‖ userId). The challenge id has a fixed
 * length, so the joined text is unambiguous. Six-byte words that fall into the incomplete last interval are rejected,
 * which makes every code equally likely; a digest whose five words are all rejected (once in 10^23) is hashed again.
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

/** Compares in constant time. Both sides have the same length by the time an answer is a candidate. */
export const isSameCode = (candidate: Code, code: Code): boolean =>
  candidate.length === code.length && timingSafeEqual(Buffer.from(candidate), Buffer.from(code));

/** Bytes of an address's hash that are kept: too many for two addresses to meet by chance. */
const ADDRESS_HASH_BYTES = 16;

/**
 * HMAC-SHA-256(key, "address/1" ‖ address in lower case), 16 bytes in base64url: under one key the same address gives
 * the same hash, and without the key nobody can try addresses. Never equal to the input of a code, whose domain differs.
 */
export const hashAddress = (key: KeyObject, address: string): string =>
  hmac(key, `${ADDRESS_DOMAIN}${address.toLowerCase()}`)
    .subarray(0, ADDRESS_HASH_BYTES)
    .toString('base64url');
