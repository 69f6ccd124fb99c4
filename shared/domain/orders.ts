/** The mails that were ordered for a user: those that count against the user's limits, and all of them for the ceiling. */
import type { ChallengeId, DeliveryRef } from './challenge.ts';
import { DAY_SECONDS, type Limits, SEND_WINDOW_SECONDS } from './limits.ts';

/** When mails were ordered, in epoch milliseconds, by challenge and by the delivery's number. */
export type Orders = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** The orders since a time in epoch milliseconds. */
export interface OrderCount {
  readonly since: number;
  readonly count: number;
}

/** The part of a user record that is about orders. */
export interface OrderedMails {
  /**
   * The orders of the last day that count. A right code removes those of its challenge, because harm is counted and not use;
   * an order that SES refused is removed too. Records of the first release have none.
   */
  readonly orders?: Orders;
  /** What the first release counted, in epoch milliseconds. They count for a day and are not removed by anything else. */
  readonly sends: readonly number[];
  /** All orders of the present 15 minutes and of the present day. Nothing is taken off, so this is the ceiling. */
  readonly inWindow?: OrderCount;
  readonly inDay?: OrderCount;
}

export type SendLimits = Pick<Limits, 'sendsPerWindow' | 'sendsPerDay'>;
export type OrderLimits = Pick<Limits, 'ordersPerWindow' | 'ordersPerDay'>;

const isWithin = (since: number, now: number, seconds: number): boolean => now < since + seconds * 1000;

/** Whether the order of this mail still counts. */
export const hasOrder = (
  { orders }: OrderedMails,
  { challengeId, delivery }: Pick<DeliveryRef, 'challengeId' | 'delivery'>,
): boolean => orders?.[challengeId]?.[delivery] !== undefined;

/** When a limit of `most` orders within `seconds` allows one more; a past time if it does now. */
const roomAt = (times: readonly number[], most: number, seconds: number): number =>
  (times.at(-most) ?? Number.NEGATIVE_INFINITY) + seconds * 1000;

/** The times of the orders that count, oldest first. */
const countedTimes = ({ orders = {}, sends }: OrderedMails): readonly number[] =>
  [...sends, ...Object.values(orders).flatMap((of) => Object.values(of))].sort((a, b) => a - b);

/** How many orders that count came after this time in epoch milliseconds. */
export const countedSince = (ordered: OrderedMails, since: number): number =>
  countedTimes(ordered).filter((at) => at > since).length;

/** When the limits allow another mail, in epoch milliseconds; a past time if they do now. */
export const sendAllowedAt = (ordered: OrderedMails, { sendsPerWindow, sendsPerDay }: SendLimits): number => {
  const times = countedTimes(ordered);
  return Math.max(
    roomAt(times, sendsPerWindow, SEND_WINDOW_SECONDS),
    roomAt(times, sendsPerDay, DAY_SECONDS),
  );
};

/** When the ceiling allows another order, in epoch milliseconds; a past time if it does now. */
export const orderAllowedAt = (
  { inWindow, inDay }: OrderedMails,
  { ordersPerWindow, ordersPerDay }: OrderLimits,
): number => {
  const endOf = (count: OrderCount | undefined, most: number, seconds: number): number =>
    count !== undefined && count.count >= most ? count.since + seconds * 1000 : Number.NEGATIVE_INFINITY;
  return Math.max(
    endOf(inWindow, ordersPerWindow, SEND_WINDOW_SECONDS),
    endOf(inDay, ordersPerDay, DAY_SECONDS),
  );
};

const oneMore = (count: OrderCount | undefined, now: number, seconds: number): OrderCount =>
  count !== undefined && isWithin(count.since, now, seconds)
    ? { since: count.since, count: count.count + 1 }
    : { since: now, count: 1 };

/** The orders with one more, without those that are older than a day. */
export const addOrder = (
  { orders = {}, sends, inWindow, inDay }: OrderedMails,
  { challengeId, delivery }: { readonly challengeId: ChallengeId; readonly delivery: number },
  now: number,
): Required<OrderedMails> => {
  const recent = Object.entries(orders).flatMap(([id, times]) => {
    const kept = Object.entries(times).filter(([, at]) => isWithin(at, now, DAY_SECONDS));
    return kept.length > 0 ? [[id, Object.fromEntries(kept)] as const] : [];
  });
  const kept: Orders = Object.fromEntries(recent);
  return {
    orders: { ...kept, [challengeId]: { ...kept[challengeId], [delivery]: now } },
    sends: sends.filter((at) => isWithin(at, now, DAY_SECONDS)),
    inWindow: oneMore(inWindow, now, SEND_WINDOW_SECONDS),
    inDay: oneMore(inDay, now, DAY_SECONDS),
  };
};
