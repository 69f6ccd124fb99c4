import { describe, test } from 'vitest';
import { MINUTE, SECOND } from '../../support/table/challenges.ts';
import { live } from './every-life.ts';
import { guess, lost, OTHER_USER, resend, right, signIn } from './lives.ts';
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

  test('after two resends', () =>
    live(SMALL, [resend(31), resend(61), wait(2 * MINUTE), wait(MINUTE), resend(0), right()]));
});
