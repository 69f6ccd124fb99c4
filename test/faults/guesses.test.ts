import { inject, test } from 'vitest';
import { GUESSES, playGuesses } from './cases/guesses.ts';
import { report } from './support/fault-suite.ts';
import { SEED, scaled } from './support/run-settings.ts';

test(`${GUESSES.name}: ${GUESSES.invariant}`, async () => {
  report(GUESSES, await playGuesses(inject('templateFolder'), SEED, scaled(GUESSES.rounds)));
}, 900_000);
