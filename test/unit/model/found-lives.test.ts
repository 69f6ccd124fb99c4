import { describe, test } from 'vitest';
import { MINUTE, SECOND } from '../../support/table/challenges.ts';
import { live } from './every-life.ts';
import { feedback } from './mail-steps.ts';
import { type Limits, SMALL } from './rules/model.ts';
import {
  answerStep,
  guess,
  resend as resendStep,
  signIn as signInStep,
  type Where,
} from './sign-in-steps.ts';
import { type Step, wait } from './step.ts';

// Sequences in which random runs have found a difference between service and model. They are lists of steps, because a seed
// would give other sequences when the random steps change. Steps that are taken during a lock only pass the time until its end.

const HERE: Where = { user: 0, tab: 0, lost: 0, ses: 'takes' };
const OTHER_USER: Where = { ...HERE, user: 1 };

const right = (where = HERE): Step => answerStep(where, 'right');
const wrong = (where = HERE): Step => answerStep(where, 'wrong');
const signIn = (where = HERE): Step => signInStep(where);
const resend = (after: number, where = HERE): Step => resendStep(where, after * SECOND);
const lost = (answers: number, where = HERE): Where => ({ ...where, lost: answers });

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
