/** What create-auth-challenge ought to do: refuse, hand out a challenge again, mail it again, or start another. */
import { MINUTE } from '../../support/table/challenges.ts';
import { type Challenge, count, DAY, isLive, lockedUntil, type Model, note, type User } from './model.ts';

/** The first moment, from now on, at which the limits of mails allow another one. */
const roomAt = ({ limits }: Model, { sends }: User, now: number): number => {
  const before = (time: number, span: number) => sends.filter((at) => at > time - span).length;
  const hasRoom = (time: number) =>
    before(time, 15 * MINUTE) < limits.sendsPerWindow && before(time, DAY) < limits.sendsPerDay;
  const moments = [now, ...sends.flatMap((at) => [at + 15 * MINUTE, at + DAY])];
  return Math.min(...moments.filter((time) => time >= now && hasRoom(time)));
};

const cooldownEnd = ({ limits }: Model, at: number, mail: number): number =>
  at + (mail === 1 ? limits.cooldown : limits.laterCooldown);

export interface Asking {
  readonly current: Challenge | undefined;
  readonly resend: boolean;
}

export type Asked =
  | { readonly refused: 'LOCKED' | 'SEND_LIMIT'; readonly retryAt: number }
  | {
      readonly challenge: number;
      readonly status: 'NEW' | 'SAME' | 'REPLACED';
      readonly mail: number;
      readonly attempts: number;
      readonly resendAt: number;
      readonly sendLimited: boolean;
    };

interface Order extends Asking {
  readonly now: number;
  readonly over?: Challenge;
}

const refused = (model: Model, reason: 'LOCKED' | 'SEND_LIMIT', retryAt: number): Asked => {
  count(model, reason === 'LOCKED' ? 'RefusedLocked' : 'RefusedSendLimit');
  return { refused: reason, retryAt };
};

const issued = (
  model: Model,
  { current }: Asking,
  challenge: Challenge,
  mail: number,
  limitedUntil?: number,
): Asked => ({
  challenge: challenge.number,
  status: current === undefined ? 'NEW' : current === challenge ? 'SAME' : 'REPLACED',
  mail,
  attempts: challenge.attempts,
  resendAt: limitedUntil ?? cooldownEnd(model, challenge.orderedAt[mail - 1] ?? Number.NaN, mail),
  sendLimited: limitedUntil !== undefined,
});

/** The model of create-auth-challenge. */
export const askForChallenge = (model: Model, user: User, now: number, asking: Asking): Asked => {
  const { current, resend } = asking;
  if (current === undefined || resend) return order(model, user, { ...asking, now });
  if (!isLive(current, now)) return order(model, user, { ...asking, now, over: current });
  // A user who answered during a lock is refused until it ends; then their code works again.
  const until = current.facts.has('LOCKED') ? lockedUntil(model, user) : 0;
  if (until > now) return refused(model, 'LOCKED', until);
  return issued(model, asking, current, current.orderedAt.length);
};

const order = (model: Model, user: User, asked: Order): Asked => {
  const { now, over, resend } = asked;
  if (lockedUntil(model, user) > now) return refused(model, 'LOCKED', lockedUntil(model, user));
  const { latest } = user;
  const usable =
    latest && latest.challenge !== over && now <= latest.challenge.expiresAt - MINUTE ? latest : undefined;
  if (usable && now < cooldownEnd(model, usable.at, usable.mail)) return handOut(model, user, asked, usable);
  const room = roomAt(model, user, now);
  if (room > now) return usable ? handOut(model, user, asked, usable, room) : keep(model, asked, room);

  user.sends.push(now);
  const again = usable && resend && now <= usable.challenge.expiresAt - 2 * MINUTE;
  return again ? mailAgain(model, user, asked, usable) : mailNew(model, user, asked);
};

type Latest = NonNullable<User['latest']>;

const handOut = (
  model: Model,
  user: User,
  asked: Order,
  { challenge, mail }: Latest,
  room?: number,
): Asked => {
  if (challenge.outcome !== undefined) return order(model, user, { ...asked, over: challenge });
  if (note(challenge, `${mail}#REUSED`)) count(model, 'ChallengeReused');
  if (room !== undefined) count(model, 'RefusedSendLimit');
  model.started.push({ challenge, mail });
  return issued(model, asked, challenge, mail, room);
};

/** A user who cannot have another mail keeps their code, even if it is too old to hand out to another sign-in. */
const keep = (model: Model, asked: Order, room: number): Asked => {
  const { current, now } = asked;
  if (current === undefined || !isLive(current, now)) return refused(model, 'SEND_LIMIT', room);
  count(model, 'RefusedSendLimit');
  return issued(model, asked, current, current.orderedAt.length, room);
};

const mailAgain = (model: Model, user: User, asked: Order, { challenge, mail: before }: Latest): Asked => {
  const mail = before + 1;
  user.latest = { challenge, mail, at: asked.now };
  if (challenge.outcome !== undefined) return order(model, user, { ...asked, over: challenge });
  challenge.orderedAt.push(asked.now);
  note(challenge, `${mail}#RESEND_REQUESTED`);
  count(model, 'ResendRequested');
  model.started.push({ challenge, mail });
  return issued(model, asked, challenge, mail);
};

const mailNew = (model: Model, user: User, asked: Order): Asked => {
  const challenge: Challenge = {
    number: model.users[0].challenges.length + model.users[1].challenges.length,
    expiresAt: asked.now + model.limits.lifetime,
    attempts: 0,
    orderedAt: [asked.now],
    leases: {},
    facts: new Set(['1#REQUESTED']),
  };
  user.challenges.push(challenge);
  user.latest = { challenge, mail: 1, at: asked.now };
  count(model, 'ChallengeRequested');
  model.started.push({ challenge, mail: 1 });
  return issued(model, asked, challenge, 1);
};
