/** What verify-auth-challenge and guard-tokens ought to return. */
import { MINUTE, SECOND } from '../../support/table/challenges.ts';
import { count, isLive, isUnmailed, type Model, note, type Round, type User } from './model.ts';
import { lockedUntil } from './model-limits.ts';

export type AnswerKind = 'right' | 'wrong' | 'unreadable';
export type Answered = 'verified' | 'wrong' | 'exhausted' | 'unreadable' | 'closed' | 'locked';

/** The model of verify-auth-challenge. */
export const answer = (model: Model, user: User, now: number, round: Round, kind: AnswerKind): Answered => {
  if (kind === 'unreadable') return 'unreadable';
  return kind === 'right' ? answerRight(model, user, now, round) : answerWrong(model, user, now, round);
};

const answerRight = (model: Model, user: User, now: number, round: Round): Answered => {
  const { challenge } = round;
  if (isLive(challenge, now)) {
    challenge.outcome = 'VERIFIED';
    challenge.verified = { at: now, round };
    note(challenge, 'VERIFIED');
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
  if (isNew && !isLive(challenge, now)) return 'closed';
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
  challenge.outcome = 'EXHAUSTED';
  note(challenge, 'EXHAUSTED');
  count(model, 'ChallengeExhausted');
  if (isUnmailed(challenge)) count(model, 'NeverMailed');
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

/** The model of guard-tokens. */
export const askForTokens = (
  model: Model,
  user: User,
  now: number,
): 'issued' | 'repeated' | 'spent' | 'notVerified' => {
  const newest = user.challenges.toReversed();
  const spendable = newest.filter(
    ({ verified, facts }) => verified && now - verified.at <= MINUTE && !facts.has('REFUSED'),
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
