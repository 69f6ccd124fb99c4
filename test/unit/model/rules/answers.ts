/** What verify-auth-challenge and guard-tokens ought to return. */
import { MINUTE, SECOND } from '../../../support/table/challenges.ts';
import { lockedUntil } from './limits.ts';
import {
  type Client,
  close,
  count,
  countIfNeverMailed,
  isUsable,
  type Model,
  note,
  type Round,
  type User,
} from './model.ts';

export type AnswerKind = 'right' | 'wrong' | 'unreadable';
export type Answered = 'verified' | 'wrong' | 'exhausted' | 'unreadable' | 'closed' | 'locked';

/** The model of verify-auth-challenge. */
export const answer = (model: Model, user: User, now: number, round: Round, kind: AnswerKind): Answered => {
  if (kind === 'unreadable') return 'unreadable';
  return kind === 'right' ? answerRight(model, user, now, round) : answerWrong(model, user, now, round);
};

const answerRight = (model: Model, user: User, now: number, round: Round): Answered => {
  const { challenge } = round;
  if (isUsable(user, challenge, now)) {
    close(challenge, 'VERIFIED');
    challenge.verified = { at: now, round };
    count(model, 'ChallengeVerified');
  } else if (challenge.verified?.round !== round) return 'closed';
  if (challenge.facts.has('REFUSED')) return 'locked';
  if (lockedUntil(model, user) > now) {
    note(challenge, 'REFUSED');
    count(model, 'RefusedLocked');
    return 'locked';
  }
  user.failures = 0;
  user.orders = user.orders.filter((order) => order.challenge !== challenge);
  if (user.latest?.challenge === challenge) user.latest = undefined;
  return 'verified';
};

const answerWrong = (model: Model, user: User, now: number, round: Round): Answered => {
  const { challenge } = round;
  const isNew = !round.counted;
  if (isNew && !isUsable(user, challenge, now)) return 'closed';
  if (isNew) {
    round.counted = true;
    challenge.wrong += 1;
    count(model, 'AnswerWrong');
    if (challenge.wrong === challenge.most) exhaust(model, round);
  }
  fail(model, user, now, round);
  return challenge.outcome === 'EXHAUSTED' ? 'exhausted' : 'wrong';
};

const exhaust = (model: Model, { challenge }: Round): void => {
  close(challenge, 'EXHAUSTED');
  count(model, 'ChallengeExhausted');
  countIfNeverMailed(model, challenge);
};

/** A repetition by Cognito does not count again, but the lock runs from it. No lock is extended by what comes under it. */
const fail = (model: Model, user: User, now: number, round: Round): void => {
  const { challenge } = round;
  if (!round.failed && lockedUntil(model, user) > now) return;
  if (!round.failed) user.failures += 1;
  round.failed = true;
  user.lastFailureAt = now;
  if (challenge.outcome === 'EXHAUSTED' && user.latest?.challenge === challenge) user.latest = undefined;
  if (lockedUntil(model, user) > now && note(challenge, 'LOCKED')) count(model, 'UserLocked');
};

/** The model of guard-tokens. Only the client that verified a challenge gets its tokens. */
export const askForTokens = (
  model: Model,
  user: User,
  now: number,
  client: Client,
): 'issued' | 'repeated' | 'spent' | 'notVerified' => {
  const newest = user.challenges.toReversed();
  const spendable = newest.filter(
    ({ verified, facts }) =>
      verified?.round.client === client && now - verified.at <= MINUTE && !facts.has('REFUSED'),
  );
  const unspent = spendable.find(({ tokensAt }) => tokensAt === undefined);
  if (unspent) {
    unspent.tokensAt = now;
    note(unspent, 'TOKENS_ISSUED');
    count(model, 'TokensIssued');
    return 'issued';
  }
  if (spendable.some(({ tokensAt = 0 }) => now - tokensAt <= 15 * SECOND)) return 'repeated';
  count(model, 'TokensRefused');
  if (spendable.length > 0) return 'spent';
  if (newest[0]) note(newest[0], 'TOKENS_REFUSED');
  return 'notVerified';
};
