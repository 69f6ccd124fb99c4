/**
 * The link "this was not me" of a mail: `<URL of the function>?u=<user>&c=<challenge>&d=<delivery>&t=<token>`. It has no address and
 * no code. deliver-code writes it; the function behind it reads it.
 */
import { type DeliveryRef, isChallengeId } from '../domain/challenge.ts';

export interface ReportLink extends DeliveryRef {
  readonly token: string;
}

/** A `sub` of Cognito is a UUID; 128 characters is the longest that a user pool takes for a username. */
const USER = /^[\w-]{1,128}$/;
/** As the sender counts: from 1, without leading zeros. */
const DELIVERY = /^[1-9]\d{0,2}$/;
/** 16 bytes as base64url. */
const TOKEN = /^[\w-]{22}$/;

/** `base` is the URL of the function. */
export const writeReportLink = (base: string, { userId, challengeId, delivery, token }: ReportLink): string =>
  `${base}?${new URLSearchParams({ u: userId, c: challengeId, d: String(delivery), t: token })}`;

/** Reads the part behind the question mark. Returns undefined unless it has each part once, as it is written. */
export const readReportLink = (query: string): ReportLink | undefined => {
  const parameters = new URLSearchParams(query);
  const [userId, challengeId, delivery, token] = ['u', 'c', 'd', 't'].map((name) => {
    const [value = '', ...others] = parameters.getAll(name);
    return others.length === 0 ? value : '';
  });
  if (!USER.test(userId ?? '') || !isChallengeId(challengeId)) return undefined;
  if (!DELIVERY.test(delivery ?? '') || !TOKEN.test(token ?? '')) return undefined;
  return { userId: userId as string, challengeId, delivery: Number(delivery), token: token as string };
};
