/** Why no mail was ordered, in words. None says that mails have arrived, because nobody knows that. */
import type { LimitCode } from '../domain/policy.ts';

export const LIMIT_WORDS: Readonly<Record<LimitCode, string>> = {
  SEND_LIMIT: 'too many codes were ordered and not used',
  ORDER_LIMIT: 'too many codes were ordered',
};
