import { inject, test } from 'vitest';
import { GUESSES, GUESSES_IN_ONE_ROUND, playGuesses } from '../cases/guesses.ts';
import { report } from '../support/play/fault-suite.ts';
import { SEED, scaled } from '../support/play/run-settings.ts';

for (const guesses of [GUESSES, GUESSES_IN_ONE_ROUND]) {
  test(`${guesses.name}: ${guesses.invariant}`, async () => {
    report(guesses, await playGuesses(guesses, inject('templateFolder'), SEED, scaled(guesses.rounds)));
  }, 900_000);
}
