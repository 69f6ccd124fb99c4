/** The workflow's input as it reaches the task. Anyone who may start the workflow writes it, so it is checked. */

import { isChallengeId } from '../../shared/domain/challenge.ts';
import { ReportedError } from '../../shared/lambda/boundary.ts';
import type { Delivery } from './deliver.ts';

const isWhole = (value: unknown, min: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= min;
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** Throws `InvalidDelivery`, naming the field but not its value. */
export const readDelivery = (event: unknown): Delivery => {
  const input = (typeof event === 'object' && event !== null ? event : {}) as Readonly<
    Record<string, unknown>
  >;
  const { userId, challengeId, delivery, email, locale, execution, retries } = input;
  const refuse = (field: string) => new ReportedError('InvalidDelivery', `${field} is missing or malformed`);
  if (!isText(userId)) throw refuse('userId');
  if (!isChallengeId(challengeId)) throw refuse('challengeId');
  if (!isWhole(delivery, 1)) throw refuse('delivery');
  if (!isText(email)) throw refuse('email');
  if (!isText(locale)) throw refuse('locale');
  if (!isText(execution)) throw refuse('execution');
  if (!isWhole(retries, 0)) throw refuse('retries');
  return { userId, challengeId, delivery, email, locale, execution, try: retries + 1 };
};
