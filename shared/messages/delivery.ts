/**
 * One delivery of a challenge on its way through the workflow: create-auth-challenge starts the workflow with it,
 * `infra/functions/delivery-workflow.asl.json` hands it to deliver-code and gets back what the trail is to say.
 */
import { type DeliveryRef, isChallengeId } from '../domain/challenge.ts';
import { ReportedError } from '../lambda/reported-error.ts';

/** The workflow's whole input. The address stands in clear here, in Cognito and in the mail, and nowhere else. */
export interface DeliveryInput extends DeliveryRef {
  readonly email: string;
  /** BCP 47; chooses the mail's language. */
  readonly locale: string;
}

/** What the workflow hands to its task: its input, and what Step Functions knows of the execution. */
export interface DeliveryTask extends DeliveryInput {
  /** The workflow execution that asks; the owner of the lease. */
  readonly execution: string;
  /** Tries of the task before this one. */
  readonly retries: number;
}

/** What the task answers, for LogDelivery to write down. `alreadySent`: the trail says so already, by LogDelivery or by SES itself. */
export interface Delivered {
  readonly kind: 'sent' | 'alreadySent';
  readonly messageId: string;
  /** ISO 8601. */
  readonly sentAt: string;
  /** 1 for the workflow's first try. */
  readonly try: number;
}

/** As the text that starts an execution. Field by field, so that nothing else gets into the workflow. */
export const writeDelivery = ({ userId, challengeId, delivery, email, locale }: DeliveryInput): string =>
  JSON.stringify({ userId, challengeId, delivery, email, locale } satisfies DeliveryInput);

const isWhole = (value: unknown, min: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= min;
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/**
 * What reaches the task. Anyone who may start the workflow writes it, so it is checked: throws `InvalidDelivery`, naming
 * the field but not its value.
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
  if (!isText(locale)) throw refuse('locale');
  if (!isText(execution)) throw refuse('execution');
  if (!isWhole(retries, 0)) throw refuse('retries');
  return { userId, challengeId, delivery, email, locale, execution, retries };
};
