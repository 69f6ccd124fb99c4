import { describe, test } from 'vitest';
import { MINUTE, SECOND } from '../../support/table/challenges.ts';
import { live } from './every-life.ts';
import { guess, lost, OTHER_USER, resend, right, signIn, wrong } from './lives.ts';
import { feedback } from './mail-steps.ts';
import { type Limits, SMALL } from './rules/model.ts';
import { wait } from './step.ts';

// Sequences in which random runs have found a difference between service and model. They are lists of steps, because a seed
// would give other sequences when the random steps change.

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
