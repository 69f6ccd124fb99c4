/**
 * The end of a refusal's text, for programs: `[LOCKED until 2026-03-02T10:15:00.000Z]`, or `[LOCKED]` where only an operator
 * can help. A trigger has nothing but its error's text to tell a client why it refuses.
 */
import type { Refusal, RefusalCode } from '../domain/policy.ts';

export type MarkedRefusal = Pick<Refusal, 'code' | 'retryAt'>;

/** What programs read in a refusal's text: `[LOCKED until <ISO 8601>]`, or `[LOCKED]` where only an operator helps. */
export const refusalMark = ({ code, retryAt }: MarkedRefusal): string =>
  Number.isFinite(retryAt) ? `[${code} until ${new Date(retryAt).toISOString()}]` : `[${code}]`;

/** Cognito adds a full stop. */
const MARK = /\[(LOCKED|SEND_LIMIT)(?: until (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z))?\]\.?$/;

/** What the text refuses; undefined where it is no refusal for a limit. */
export const readRefusal = (text: string): MarkedRefusal | undefined => {
  const [, code, until] = MARK.exec(text) ?? [];
  if (code === undefined) return undefined;
  const retryAt = until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until);
  return Number.isNaN(retryAt) ? undefined : { code: code as RefusalCode, retryAt };
};
