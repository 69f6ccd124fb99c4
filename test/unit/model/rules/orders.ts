/** What create-auth-challenge ought to do: refuse, hand out a challenge again, mail it again, or start another. */
import type { DeliveryStatus } from '../../../../shared/domain/challenge.ts';
import type { ClientCall } from '../../../../shared/messages/client-metadata.ts';
import type { ChallengeStatus } from '../../../../shared/messages/public-parameters.ts';
import { MINUTE } from '../../../support/table/challenges.ts';
import { type Limited, limitAt, lockedUntil, triesUntilLock } from './limits.ts';
import { mailStatus } from './mails.ts';
import {
  type Challenge,
  close,
  count,
  countIfNeverMailed,
  isLive,
  isUsable,
  type Mail,
  type Model,
  note,
  type User,
} from './model.ts';

const cooldownEnd = ({ limits }: Model, at: number, mail: number): number =>
  at + (mail === 1 ? limits.cooldown : limits.laterCooldown);

export interface Asking {
  readonly current: Challenge | undefined;
  readonly call: ClientCall;
}

interface Issued {
  readonly challenge: number;
  readonly status: ChallengeStatus;
  readonly mail: number;
  readonly mailStatus: DeliveryStatus;
  readonly answersLeft: number;
  readonly triesUntilLock: number | undefined;
  readonly resendAt: number;
  readonly limited: Limited['code'] | undefined;
}

export type Asked = Issued | { readonly refused: 'LOCKED' | Limited['code']; readonly retryAt: number };

interface Order extends Asking {
  readonly now: number;
  readonly over?: Challenge;
}

const REFUSED = {
  LOCKED: 'RefusedLocked',
  SEND_LIMIT: 'RefusedSendLimit',
  ORDER_LIMIT: 'RefusedOrderLimit',
} as const;

const refused = (model: Model, reason: keyof typeof REFUSED, retryAt: number): Asked => {
  count(model, REFUSED[reason]);
  return { refused: reason, retryAt };
};

interface Issue {
  readonly challenge: Challenge;
  readonly mail?: number;
  readonly limited?: Limited | undefined;
}

const issued = (
  model: Model,
  user: User,
  { current }: Asking,
  { challenge, mail = challenge.orderedAt.length, limited }: Issue,
): Issued => {
  if (limited) count(model, REFUSED[limited.code]);
  return {
    challenge: challenge.number,
    status: current === undefined ? 'NEW' : current === challenge ? 'SAME' : 'REPLACED',
    mail,
    mailStatus: mailStatus(challenge, mail),
    answersLeft: challenge.most - challenge.wrong,
    triesUntilLock: triesUntilLock(model, user),
    resendAt: limited?.until ?? cooldownEnd(model, challenge.orderedAt[mail - 1] ?? Number.NaN, mail),
    limited: limited?.code,
  };
};

/** The model of create-auth-challenge. */
export const askForChallenge = (model: Model, user: User, now: number, asking: Asking): Asked => {
  const { current, call } = asking;
  if (current === undefined || call === 'resend') return order(model, user, { ...asking, now });
  const asked = () => issued(model, user, asking, { challenge: current });
  if (call === 'status') return isUsable(user, current, now) ? asked() : { ...asked(), status: 'OVER' };
  if (!isUsable(user, current, now)) return order(model, user, { ...asking, now, over: current });
  const until = lockedUntil(model, user);
  return until > now ? refused(model, 'LOCKED', until) : asked();
};

/** The latest mail, if its challenge may be handed out again: to the same address, and with a minute left. */
const usableLatest = ({ latest, address }: User, { now, over }: Order): Latest | undefined => {
  if (latest === undefined || latest.challenge === over) return undefined;
  const { challenge } = latest;
  return challenge.address === address && now <= challenge.expiresAt - MINUTE ? latest : undefined;
};

const order = (model: Model, user: User, asked: Order): Asked => {
  const { now, call } = asked;
  if (lockedUntil(model, user) > now) return refused(model, 'LOCKED', lockedUntil(model, user));
  const usable = usableLatest(user, asked);
  if (usable && now < cooldownEnd(model, usable.at, usable.mail)) return handOut(model, user, asked, usable);
  const limited = limitAt(model, user, now);
  if (limited)
    return usable ? handOut(model, user, asked, usable, limited) : keep(model, user, asked, limited);

  const again = usable && call === 'resend' && now <= usable.challenge.expiresAt - 2 * MINUTE;
  return again ? mailAgain(model, user, asked, usable) : mailNew(model, user, asked);
};

type Latest = NonNullable<User['latest']>;

/** Starting its mail once more does no harm. If its order was given back, the mail has failed for good. */
const handOut = (
  model: Model,
  user: User,
  asked: Order,
  { challenge, mail }: Latest,
  limited?: Limited,
): Asked => {
  if (note(challenge, `${mail}#REUSED`)) count(model, 'ChallengeReused');
  const counts = user.orders.some((order) => order.challenge === challenge && order.mail === mail);
  if (counts) model.started.push({ challenge, mail });
  return issued(model, user, asked, { challenge, mail, limited });
};

/** A user who cannot have another mail keeps their code, even if it is too old to hand out to another sign-in. */
const keep = (model: Model, user: User, asked: Order, limited: Limited): Asked => {
  const { current, now, call } = asked;
  return call === 'resend' && current !== undefined && isUsable(user, current, now)
    ? issued(model, user, asked, { challenge: current, limited })
    : refused(model, limited.code, limited.until);
};

const mailAgain = (model: Model, user: User, asked: Order, { challenge, mail: before }: Latest): Asked => {
  const mail = before + 1;
  challenge.orderedAt.push(asked.now);
  note(challenge, `${mail}#RESEND_REQUESTED`);
  count(model, 'ResendRequested');
  return start(model, user, asked, { challenge, mail });
};

/** A new challenge ends the latest one, if its code would work but was mailed to another address than the user's. */
const replaceLatest = (model: Model, { latest, address }: User, now: number): void => {
  if (!latest || latest.challenge.address === address || !isLive(latest.challenge, now)) return;
  close(latest.challenge, 'REPLACED');
  count(model, 'ChallengeReplaced');
  countIfNeverMailed(model, latest.challenge);
};

const mailNew = (model: Model, user: User, asked: Order): Asked => {
  const { maxAttempts, lifetime, lockThreshold } = model.limits;
  replaceLatest(model, user, asked.now);
  const challenge: Challenge = {
    number: model.users[0].challenges.length + model.users[1].challenges.length,
    address: user.address,
    expiresAt: asked.now + lifetime,
    // After a lock, each wrong answer brings the next one.
    most: user.failures >= lockThreshold ? 1 : maxAttempts,
    wrong: 0,
    orderedAt: [asked.now],
    unanswered: new Map(),
    facts: new Set(['1#REQUESTED']),
  };
  user.challenges.push(challenge);
  count(model, 'ChallengeRequested');
  return start(model, user, asked, { challenge, mail: 1 });
};

const start = (model: Model, user: User, asked: Order, mail: Mail): Asked => {
  user.latest = { ...mail, at: asked.now };
  user.orders.push(user.latest);
  user.ordered.push(asked.now);
  model.started.push(mail);
  return issued(model, user, asked, mail);
};
