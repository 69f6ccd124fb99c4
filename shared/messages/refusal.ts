/**
 * The end of a refusal's text, for programs: `[LOCKED until 2026-03-02T10:15:00.000Z]`, or `[LOCKED]` where only an operator
 * can help. A trigger has nothing but its error's text to tell a client why it refuses: create-auth-challenge writes it,
 * the sign-in page and the sign-in command read it, so nothing here may need Node.
 */
import type { Refusal, RefusalCode } from '../domain/policy.ts';

export type MarkedRefusal = Pick<Refusal, 'code' | 'retryAt'>;

// A record, so that a code that is added to the type and not here is a type error.
const CODES: Readonly<Record<RefusalCode, true>> = { LOCKED: true, SEND_LIMIT: true };

const isCode = (text: string): text is RefusalCode => Object.hasOwn(CODES, text);

export const writeRefusal = ({ code, retryAt }: MarkedRefusal): string =>
  Number.isFinite(retryAt) ? `[${code} until ${new Date(retryAt).toISOString()}]` : `[${code}]`;

/** Cognito adds a full stop. */
const MARK = /\[([A-Z_]+)(?: until (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z))?\]\.?$/;

/** What the text refuses; undefined where it is no refusal for a limit. */
export const readRefusal = (text: string): MarkedRefusal | undefined => {
  const [, code = '', until] = MARK.exec(text) ?? [];
  if (!isCode(code)) return undefined;
  const retryAt = until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until);
  return Number.isNaN(retryAt) ? undefined : { code, retryAt };
};
