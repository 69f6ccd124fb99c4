import { describe, it } from 'vitest';
import { explore } from './engine/explore.ts';
import { printTable, report } from './report.ts';
import { ANSWERS } from './scenarios/answers.ts';
import { DELIVERIES } from './scenarios/deliveries.ts';
import { ORDERS } from './scenarios/orders.ts';

// Every order of up to three calls at once, with up to two of their calls lost or failed.

describe('in every order', () => {
  printTable();

  for (const { name, invariant, scenario } of [...ORDERS, ...ANSWERS, ...DELIVERIES]) {
    it(`${name}: ${invariant}`, async () => {
      const played = await scenario();
      report(name, played, await explore(played));
    });
  }
});
