import { describe, it } from 'vitest';
import { SEED, scaled } from '../support/play/run-settings.ts';
import { sample } from './engine/sample.ts';
import { printTable, report } from './report.ts';
import { CROWDS } from './scenarios/crowds.ts';

// Random orders of more calls at once, and with more faults, than all orders can be tried of.

const ORDERS = 400;

describe('in random orders', () => {
  printTable();

  for (const { name, invariant, scenario } of CROWDS) {
    it(`${name}: ${invariant}`, async () => {
      const played = await scenario();
      report(`${name}, seed ${SEED}`, played, await sample(played, scaled(ORDERS), SEED));
    });
  }
});
