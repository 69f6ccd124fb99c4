/**
 * The end of a refusal's text, for programs: `[LOCKED until 2026-03-02T10:15:00.000Z]`, or `[LOCKED]` if only an operator
 * can help. It is part of the text, because the text of its error is all that a trigger can send. create-auth-challenge
 * writes it; the sign-in page and the sign-in command read it, so nothing here may need Node.
 */
import type { Refusal, RefusalCode } from '../domain/policy.ts';

export type MarkedRefusal = Pick<Refusal, 'code' | 'retryAt'>;

// A record, so that a code that is added only to the type is a type error here.
const CODES: Readonly<Record<RefusalCode, true>> = { LOCKED: true, SEND_LIMIT: true, ORDER_LIMIT: true };

const isCode = (text: string): text is RefusalCode => Object.hasOwn(CODES, text);

export const writeRefusal = ({ code, retryAt }: MarkedRefusal): string =>
  Number.isFinite(retryAt) ? `[${code} until ${new Date(retryAt).toISOString()}]` : `[${code}]`;

/** Cognito adds a full stop. */
const MARK = /\[([A-Z_]+)(?: until (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z))?\]\.?$/;

/** Reads the refusal from an error's text. Returns undefined if the text is not the refusal of a limit. */
export const readRefusal = (text: string): MarkedRefusal | undefined => {
  const [, code = '', until] = MARK.exec(text) ?? [];
  if (!isCode(code)) return undefined;
  const retryAt = until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until);
  return Number.isNaN(retryAt) ? undefined : { code, retryAt };
};
