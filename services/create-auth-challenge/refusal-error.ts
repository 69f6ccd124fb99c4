/** Turns a refusal into the error that Cognito shows to the user: a constant text, then a code and a time for programs. */

import type { Refusal, RefusalCode } from '../../shared/domain/policy.ts';
import { ReportedError } from '../../shared/lambda/reported-error.ts';
import { writeRefusal } from '../../shared/messages/refusal.ts';

const TEXTS: Readonly<Record<RefusalCode, string>> = {
  LOCKED: 'Too many wrong codes, or a mail was reported. Try again later.',
  SEND_LIMIT: 'Too many codes were ordered. Try again later.',
  ORDER_LIMIT: 'Far too many codes were ordered. Try again later.',
};

const LOCKED_FOR_GOOD = 'Too many wrong codes. Contact support.';

/** `Too many wrong codes, or a mail was reported. Try again later. [LOCKED until 2026-03-02T10:15:00.000Z]` */
export const toError = (refusal: Refusal): ReportedError => {
  const text = Number.isFinite(refusal.retryAt) ? TEXTS[refusal.code] : LOCKED_FOR_GOOD;
  return new ReportedError(refusal.code, `${text} ${writeRefusal(refusal)}`);
};
