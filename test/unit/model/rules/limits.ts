/** What keeps a user from another mail: locks, the limits of mails that count, and the ceiling of all orders. */
import { MINUTE } from '../../../support/table/challenges.ts';
import { DAY, type Model, type User } from './model.ts';

/** Until when the user is locked; 0 if there is no lock. */
export const lockedUntil = ({ limits }: Model, { failures, lastFailureAt }: User): number => {
  if (failures >= limits.maxFailures) return Number.POSITIVE_INFINITY;
  const doublings = failures - limits.lockThreshold;
  return doublings < 0 ? 0 : lastFailureAt + Math.min(limits.lock * 2 ** doublings, DAY);
};

/** How many wrong answers it takes to the next lock. A user is told so only if it is near. */
export const triesUntilLock = ({ limits }: Model, { failures }: User): number | undefined => {
  const left = Math.min(limits.lockThreshold, limits.maxFailures) - failures;
  return left > 5 ? undefined : Math.max(left, 1);
};

/** The first moment, from now on, at which the limits of mails that count allow another one. */
const sendRoomAt = ({ limits }: Model, { orders }: User, now: number): number => {
  const times = orders.map(({ at }) => at);
  const before = (time: number, span: number) => times.filter((at) => at > time - span).length;
  const hasRoom = (time: number) =>
    before(time, 15 * MINUTE) < limits.sendsPerWindow && before(time, DAY) < limits.sendsPerDay;
  const moments = [now, ...times.flatMap((at) => [at + 15 * MINUTE, at + DAY])];
  return Math.min(...moments.filter((time) => time >= now && hasRoom(time)));
};

/** When the ceiling allows another order. A span begins with an order, and ends whatever was ordered meanwhile. */
const ceilingEnd = (times: readonly number[], span: number, most: number): number => {
  let [began, orders] = [Number.NEGATIVE_INFINITY, 0];
  for (const at of times) {
    const isOver = at >= began + span;
    [began, orders] = isOver ? [at, 1] : [began, orders + 1];
  }
  return orders < most ? 0 : began + span;
};

export interface Limited {
  readonly code: 'SEND_LIMIT' | 'ORDER_LIMIT';
  readonly until: number;
}

/** The limit that allows no other mail now. */
export const limitAt = (model: Model, user: User, now: number): Limited | undefined => {
  const { ordersPerWindow, ordersPerDay } = model.limits;
  const ceiling = Math.max(
    ceilingEnd(user.ordered, 15 * MINUTE, ordersPerWindow),
    ceilingEnd(user.ordered, DAY, ordersPerDay),
  );
  if (ceiling > now) return { code: 'ORDER_LIMIT', until: ceiling };
  const room = sendRoomAt(model, user, now);
  return room > now ? { code: 'SEND_LIMIT', until: room } : undefined;
};
