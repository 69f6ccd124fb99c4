/** The token in a mail's link "this was not me". It is computed like the code, so every try mails the same link. */
import { createHash, createHmac, type KeyObject } from 'node:crypto';
import type { DeliveryRef } from '../domain/challenge.ts';

/** Separates the tokens from the codes, which are computed with the same key. */
const DOMAIN = 'report/1';
/** 128 bits, so that nobody guesses one. */
const TOKEN_BYTES = 16;

/**
 * Returns the first 16 bytes of HMAC-SHA-256(key, "report/1" ‖ challengeId ‖ userId ‖ delivery) as base64url. The challenge id and
 * the number of the delivery (4 bytes, big-endian) have fixed lengths, so the joined bytes are unambiguous.
 */
export const deriveReportToken = (key: KeyObject, { challengeId, userId, delivery }: DeliveryRef): string => {
  const number = Buffer.alloc(4);
  number.writeUInt32BE(delivery);
  const digest = createHmac('sha256', key).update(`${DOMAIN}${challengeId}${userId}`).update(number).digest();
  return digest.subarray(0, TOKEN_BYTES).toString('base64url');
};

/** The SHA-256 of a token as base64url. It is stored in place of the token, so whoever reads the table cannot report. */
export const hashReportToken = (token: string): string =>
  createHash('sha256').update(token).digest('base64url');
