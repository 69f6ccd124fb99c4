/**
 * Cognito's public challenge parameters: what a client gets to know about the challenge that it has to answer.
 * create-auth-challenge writes them; the sign-in page and the sign-in command read them, so nothing here may need Node.
 */
import type { DeliveryStatus } from '../domain/challenge.ts';
import { LIMITS } from '../domain/limits.ts';
import type { RefusalCode } from '../domain/policy.ts';

/** `NEW`: the first challenge of this sign-in. `SAME`: the code of the previous round still works. `REPLACED`: it does not. */
export type ChallengeStatus = 'NEW' | 'SAME' | 'REPLACED';

/** The challenge for the client. Times are epoch milliseconds of the service's clock. */
export interface CodeChallenge {
  readonly status: ChallengeStatus;
  /** The masked address. */
  readonly destination: string;
  readonly codeLength: number;
  readonly attemptsLeft: number;
  readonly expiresAt: number;
  /** The time from which another mail can be ordered. */
  readonly resendAt: number;
  /** The state of the newest mail, as far as the service knows it. */
  readonly delivery: DeliveryStatus;
  /** 1 for the first mail of the challenge. */
  readonly deliveryNumber: number;
  /** Whether the user asked for a mail that was not ordered, because there were too many already. */
  readonly sendLimited: boolean;
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
  readonly refused?: RefusalCode;
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
  ...(challenge.sendLimited && { refused: 'SEND_LIMIT' }),
});

// Records, so that a word that is added only to the type is a type error here.
const STATUSES: Readonly<Record<ChallengeStatus, true>> = { NEW: true, SAME: true, REPLACED: true };
const DELIVERIES: Readonly<Record<DeliveryStatus, true>> = {
  SENDING: true,
  SENT: true,
  FAILED: true,
  DELIVERED: true,
  DELAYED: true,
  BOUNCED: true,
  SUPPRESSED: true,
  REJECTED: true,
};

const wordOf = <Word extends string>(
  words: Readonly<Record<Word, true>>,
  value: unknown,
  otherwise: Word,
): Word => (typeof value === 'string' && Object.hasOwn(words, value) ? (value as Word) : otherwise);

/** Never fails, because the service may be newer or older than the client. A missing time is `NaN`. */
export const readPublicParameters = (
  parameters: Readonly<Partial<Record<keyof PublicParameters, unknown>>>,
): CodeChallenge => ({
  status: wordOf(STATUSES, parameters.challenge, 'NEW'),
  destination: String(parameters.destination ?? 'your address'),
  codeLength: Number(parameters.codeLength) || LIMITS.codeLength.default,
  attemptsLeft: Number(parameters.attemptsLeft) || 0,
  expiresAt: Date.parse(String(parameters.expiresAt)),
  resendAt: Date.parse(String(parameters.resendAt)),
  delivery: wordOf(DELIVERIES, parameters.delivery, 'SENDING'),
  deliveryNumber: Number(parameters.deliveryNumber) || 1,
  sendLimited: parameters.refused === ('SEND_LIMIT' satisfies RefusalCode),
});

/** After a wrong code the service does not check the send limits again, so the later `resendAt` of the two challenges holds. */
export const keepWaiting = (challenge: CodeChallenge, before: CodeChallenge | undefined): CodeChallenge => ({
  ...challenge,
  resendAt: Math.max(challenge.resendAt, before?.resendAt ?? 0),
});
