/**
 * The messages about one notice. verify-auth-challenge starts the workflow with a `NoticeInput`.
 * `infra/functions/delivery-workflow.asl.json` passes it to deliver-code in a `NoticeTask`, and records what that returns.
 */
import { isChallengeId } from '../domain/challenge.ts';
import { isNoticeKind, type NoticeRef } from '../domain/notices/notice-facts.ts';
import { ReportedError } from '../lambda/reported-error.ts';
import { MAX_WISHES } from '../language/read-wishes.ts';

/** What the notice is about, and for whom. It has no code and no number that orders count. */
export interface NoticeOrder extends NoticeRef {
  readonly email: string;
  /** The languages that the user wishes for, as in the input for a code. */
  readonly locale: string;
}

/** The input of the workflow. */
export interface NoticeInput extends NoticeOrder {
  /** The keyed hash of the address. It shows the workflow that the notice is verify-auth-challenge's. */
  readonly addressHash: string;
}

/** Tells a notice from a code. The inputs for codes have no `kind`, as those of the releases before had none. */
export const NOTICE = 'notice';

/** What the workflow passes to its task: the input as it came, and what Step Functions knows about the execution. */
export interface NoticeTask {
  readonly kind: typeof NOTICE;
  readonly input: unknown;
  /** The number of earlier tries of the task. */
  readonly retries: number;
}

/** The text that starts an execution. It is written field by field, so that nothing else gets into the workflow. */
export const writeNotice = ({
  notice,
  userId,
  challengeId,
  email,
  locale,
  addressHash,
}: NoticeInput): string =>
  JSON.stringify({ kind: NOTICE, notice, userId, challengeId, email, locale, addressHash });

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** Whether the task is about a notice. Everything else is about a code. */
export const isNoticeTask = (event: unknown): boolean => fieldsOf(event).kind === NOTICE;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/**
 * Reads the task. Everyone who may start the workflow can write its input, so it is checked. Throws `InvalidDelivery`, which names
 * the field but not its value.
 */
export const readNotice = (event: unknown): NoticeOrder & Pick<NoticeTask, 'retries'> => {
  const { input, retries } = fieldsOf(event);
  const { notice, userId, challengeId, email, locale } = fieldsOf(input);
  const refuse = (field: keyof NoticeOrder | 'retries') =>
    new ReportedError('InvalidDelivery', `${field} is missing or malformed`);
  if (!isNoticeKind(notice)) throw refuse('notice');
  if (!isText(userId)) throw refuse('userId');
  if (!isChallengeId(challengeId)) throw refuse('challengeId');
  if (!isText(email)) throw refuse('email');
  if (!isText(locale) || locale.length > MAX_WISHES) throw refuse('locale');
  if (!(typeof retries === 'number' && Number.isInteger(retries) && retries >= 0)) throw refuse('retries');
  return { notice, userId, challengeId, email, locale, retries };
};
