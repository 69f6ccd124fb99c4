/**
 * Cognito's public challenge parameters: what a client gets to know about the challenge that it has to answer.
 * create-auth-challenge writes them; the sign-in page and the sign-in command read them, so nothing here may need Node.
 */
import type { DeliveryStatus } from '../domain/challenge.ts';
import { DEFAULT_CODE_LENGTH } from '../domain/code-life.ts';
import type { LimitCode } from '../domain/policy.ts';

/**
 * `NEW`: the first challenge of this sign-in. `SAME`: the code of the previous round still works. `REPLACED`: it does not, and
 * there is another. `OVER`: it does not, and the client has only asked how the mail stands.
 */
export type ChallengeStatus = 'NEW' | 'SAME' | 'REPLACED' | 'OVER';

/** The challenge for the client. Times are epoch milliseconds of the service's clock. */
export interface CodeChallenge {
  /** What the service's clock showed when it handed the challenge out; undefined if it is older than this parameter. */
  readonly now?: number;
  readonly status: ChallengeStatus;
  /** The masked address. */
  readonly destination: string;
  readonly codeLength: number;
  readonly attemptsLeft: number;
  /** How many wrong codes lead to a lock, over all challenges; undefined if that is not near. */
  readonly triesUntilLock?: number;
  /** When the code, or this step of the sign-in, ends. */
  readonly expiresAt: number;
  /** The time from which another mail can be ordered. */
  readonly resendAt: number;
  /** The state of the newest mail, as far as the service knows it. */
  readonly delivery: DeliveryStatus;
  /** 1 for the first mail of the challenge. */
  readonly deliveryNumber: number;
  /** The limit for which a mail was not ordered that the user had asked for. */
  readonly limited?: LimitCode;
  /** How often the client may still ask how the mail stands without using up a round; undefined if the service is older than this. */
  readonly statusesLeft?: number;
}

/** The message as it is sent. Cognito accepts only texts. */
export type PublicParameters = {
  readonly challenge: ChallengeStatus;
  readonly destination: string;
  readonly codeLength: string;
  readonly expiresAt: string;
  readonly attemptsLeft: string;
  readonly delivery: DeliveryStatus;
  readonly deliveryNumber: string;
  readonly resendAt: string;
  readonly triesUntilLock?: string;
  readonly refused?: LimitCode;
  readonly now?: string;
  readonly statusesLeft?: string;
};

export const writePublicParameters = (challenge: CodeChallenge): PublicParameters => ({
  challenge: challenge.status,
  destination: challenge.destination,
  codeLength: String(challenge.codeLength),
  expiresAt: new Date(challenge.expiresAt).toISOString(),
  attemptsLeft: String(challenge.attemptsLeft),
  delivery: challenge.delivery,
  deliveryNumber: String(challenge.deliveryNumber),
  resendAt: new Date(challenge.resendAt).toISOString(),
  ...(challenge.triesUntilLock !== undefined && { triesUntilLock: String(challenge.triesUntilLock) }),
  ...(challenge.limited && { refused: challenge.limited }),
  ...(challenge.statusesLeft !== undefined && { statusesLeft: String(challenge.statusesLeft) }),
  ...(challenge.now !== undefined && { now: new Date(challenge.now).toISOString() }),
});

// Records, so that a word that is added only to the type is a type error here.
const STATUSES: Readonly<Record<ChallengeStatus, true>> = {
  NEW: true,
  SAME: true,
  REPLACED: true,
  OVER: true,
};
const LIMIT_CODES: Readonly<Record<LimitCode, true>> = { SEND_LIMIT: true, ORDER_LIMIT: true };
const DELIVERIES: Readonly<Record<DeliveryStatus, true>> = {
  SENDING: true,
  DEFERRED: true,
  SENT: true,
  FAILED: true,
  DELIVERED: true,
  DELAYED: true,
  BOUNCED: true,
  SUPPRESSED: true,
  REJECTED: true,
};

const wordOf = <Word extends string, Otherwise>(
  words: Readonly<Record<Word, true>>,
  value: unknown,
  otherwise: Otherwise,
): Word | Otherwise =>
  typeof value === 'string' && Object.hasOwn(words, value) ? (value as Word) : otherwise;

/** Undefined for what is no number from 0 to 9999. */
const wholeNumber = (value: unknown): number | undefined =>
  /^\d{1,4}$/.test(String(value)) ? Number(value) : undefined;

/** Never fails, because the service may be newer or older than the client. A missing time is `NaN`. */
export const readPublicParameters = (
  parameters: Readonly<Partial<Record<keyof PublicParameters, unknown>>>,
): CodeChallenge => {
  const triesUntilLock = wholeNumber(parameters.triesUntilLock);
  const limited = wordOf(LIMIT_CODES, parameters.refused, undefined);
  const now = Date.parse(String(parameters.now));
  const statusesLeft = wholeNumber(parameters.statusesLeft);
  return {
    ...(now && { now }),
    status: wordOf(STATUSES, parameters.challenge, 'NEW'),
    destination: String(parameters.destination ?? 'your address'),
    codeLength: wholeNumber(parameters.codeLength) || DEFAULT_CODE_LENGTH,
    attemptsLeft: wholeNumber(parameters.attemptsLeft) ?? 0,
    ...(triesUntilLock && { triesUntilLock }),
    expiresAt: Date.parse(String(parameters.expiresAt)),
    resendAt: Date.parse(String(parameters.resendAt)),
    delivery: wordOf(DELIVERIES, parameters.delivery, 'SENDING'),
    deliveryNumber: wholeNumber(parameters.deliveryNumber) || 1,
    ...(limited && { limited }),
    ...(statusesLeft !== undefined && { statusesLeft }),
  };
};

/** `NaN` is a time that is not known. */
const latest = (one: number, other: number): number => (Number.isNaN(one) || other > one ? other : one);

/** After a wrong code the service does not check the send limits again, so the later `resendAt` of the two challenges holds. */
export const keepWaiting = (challenge: CodeChallenge, before: CodeChallenge | undefined): CodeChallenge => ({
  ...challenge,
  resendAt: latest(challenge.resendAt, before?.resendAt ?? Number.NaN),
});
