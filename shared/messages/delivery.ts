/**
 * The messages about one delivery. create-auth-challenge starts the workflow with a `DeliveryInput`.
 * `infra/functions/delivery-workflow.asl.json` passes a `DeliveryTask` to deliver-code, and records what that returns.
 */
import { type DeliveryRef, isChallengeId } from '../domain/challenge.ts';
import { ReportedError } from '../lambda/reported-error.ts';
import { MAX_WISHES } from '../language/read-wishes.ts';

/** Which mail was ordered, and for whom. The full address is only here, in Cognito and in the mail. */
export interface DeliveryOrder extends DeliveryRef {
  readonly email: string;
  /** The languages that the user wishes for, the first first: tags of BCP 47 with commas between them, or `und`. */
  readonly locale: string;
}

/** The whole input of the workflow. */
export interface DeliveryInput extends DeliveryOrder {
  /**
   * The keyed hash of the address. It is in no message to clients, and only who has the address key can compute it. So it shows
   * the workflow that the order is create-auth-challenge's, or of somebody who reads the trail, also where deliver-code could
   * not check it.
   */
  readonly addressHash: string;
}

/** What the workflow passes to its task: the order, and what Step Functions knows about the execution. */
export interface DeliveryTask extends DeliveryOrder {
  /** The id of the workflow's execution. With the number of the try it names the try. */
  readonly execution: string;
  /** The number of earlier tries of the task. */
  readonly retries: number;
}

/** What the task returns. LogDelivery records it, unless it is `alreadySent`: then the trail has the fact already. */
export interface Delivered {
  readonly kind: 'sent' | 'alreadySent';
  readonly messageId: string;
  /** ISO 8601. */
  readonly sentAt: string;
  /** 1 for the workflow's first try. */
  readonly try: number;
}

/** The text that starts an execution. It is written field by field, so that nothing else gets into the workflow. */
export const writeDelivery = (input: DeliveryInput): string => {
  const { userId, challengeId, delivery, email, locale, addressHash } = input;
  return JSON.stringify({
    userId,
    challengeId,
    delivery,
    email,
    locale,
    addressHash,
  } satisfies DeliveryInput);
};

const isWhole = (value: unknown, min: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= min;
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/**
 * Reads the input of the task. It is checked, because everyone who may start the workflow can write it. Throws
 * `InvalidDelivery`, which names the field but not its value.
 */
export const readDelivery = (event: unknown): DeliveryTask => {
  const { userId, challengeId, delivery, email, locale, execution, retries } = (
    typeof event === 'object' && event !== null ? event : {}
  ) as Readonly<Partial<Record<keyof DeliveryTask, unknown>>>;
  const refuse = (field: keyof DeliveryTask) =>
    new ReportedError('InvalidDelivery', `${field} is missing or malformed`);
  if (!isText(userId)) throw refuse('userId');
  if (!isChallengeId(challengeId)) throw refuse('challengeId');
  if (!isWhole(delivery, 1)) throw refuse('delivery');
  if (!isText(email)) throw refuse('email');
  if (!isText(locale) || locale.length > MAX_WISHES) throw refuse('locale');
  if (!isText(execution)) throw refuse('execution');
  if (!isWhole(retries, 0)) throw refuse('retries');
  return { userId, challengeId, delivery, email, locale, execution, retries };
};
