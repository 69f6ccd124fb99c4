import { describe, test } from 'vitest';
import { MINUTE, SECOND } from '../../support/table/challenges.ts';
import { live } from './every-life.ts';
import { type Limits, SMALL } from './model.ts';
import {
  answerStep,
  feedback,
  guess,
  resend as resendStep,
  type Step,
  signIn as signInStep,
  type Where,
  wait,
} from './steps.ts';

// Sequences in which random runs have found a difference between service and model. They are lists of steps, because a seed
// would give other sequences when the random steps change. Steps that are taken during a lock only pass the time until its end.

const HERE: Where = { user: 0, tab: 0, lost: 0, prompt: true };
const OTHER_TAB: Where = { ...HERE, tab: 1 };
const OTHER_USER: Where = { ...HERE, user: 1 };

const right = (where = HERE): Step => answerStep(where, 'right');
const wrong = (where = HERE): Step => answerStep(where, 'wrong');
/** Uses a round and counts no attempt, so it shows what create does with the challenge as it is. */
const unreadable = (where = HERE): Step => answerStep(where, 'unreadable');
/** With the small limits, three wrong codes for one challenge and two for the next lock the user for a minute. */
const guessToTheLock = guess(HERE);
const signIn = (where = HERE): Step => signInStep(where);
const resend = (after: number, where = HERE): Step => resendStep(where, after * SECOND);
const lost = (answers: number, where = HERE): Where => ({ ...where, lost: answers });

type Lives = Readonly<Record<string, readonly Step[]>>;

const AFTER_A_LOCK: Lives = {
  'where one tab was locked, the other goes on with the code that both were given': [
    ...[signIn(), resend(61, OTHER_USER), wrong(OTHER_TAB), guessToTheLock, wait(2 * MINUTE)],
    unreadable(OTHER_TAB),
  ],
  'where one tab was locked, the other has the code mailed again, and the first begins anew': [
    ...[unreadable(OTHER_TAB), guessToTheLock, resend(61, OTHER_TAB), unreadable()],
  ],
  'at the limit of mails, one of which was for a good sign-in': [
    ...[right(), guessToTheLock, resend(61), unreadable()],
  ],
  'at the limit of mails, one of which was a resend': [
    ...[resend(61), guessToTheLock, resend(61), unreadable()],
  ],
  'after a second lock, which a single wrong code has brought': [
    ...[guessToTheLock, wait(2 * MINUTE), wrong(), wait(2 * MINUTE), unreadable()],
  ],
  'after a second lock, while another user is locked as well': [
    ...[guessToTheLock, guess(lost(1, OTHER_USER)), guess(HERE), wait(MINUTE), resend(61), unreadable()],
  ],
  'after a code that has expired, a sign-in that has run out of rounds, and another that was locked': [
    ...[unreadable(), wait(6 * MINUTE), guess(HERE), wrong(), wait(MINUTE), unreadable()],
  ],
  'after many tries under the lock, where the answer of create is lost': [
    ...[right(), guessToTheLock, wrong(), resend(31), wrong(lost(2)), feedback('Delivery', 1)],
    ...[wrong(), right(), wrong(), signIn(), unreadable(lost(1))],
  ],
};

describe('a code that outlives a lock may be answered on', () => {
  test.each(Object.entries(AFTER_A_LOCK))('%s', (_, steps) => live(SMALL, steps));
});

describe('a resend at the limit of mails leaves the code in its last minute to whoever has it', () => {
  test('where there is one mail for all day', () => {
    const limits: Limits = {
      ...SMALL,
      maxAttempts: 10,
      maxRounds: 20,
      cooldown: 20 * SECOND,
      laterCooldown: 20 * SECOND,
      sendsPerWindow: 1,
      sendsPerDay: 1,
      maxFailures: 5,
    };

    return live(limits, [
      ...[resend(31, OTHER_USER), resend(61, lost(2)), signIn(lost(1)), guess(lost(1)), right()],
      resend(61, OTHER_USER),
    ]);
  });

  test('after a resend, an exhausted challenge and a lock', () =>
    live(SMALL, [
      ...[resend(61), wrong(), wrong(), wrong(), wait(2 * MINUTE), signIn(), signIn()],
      ...[resend(0, lost(1, OTHER_USER)), wrong(), wrong(), guess(OTHER_USER)],
      ...[resend(61, { ...OTHER_USER, tab: 1 }), signIn(OTHER_USER), signIn()],
      ...[feedback('Delivery', 2), resend(31)],
    ]));
});
