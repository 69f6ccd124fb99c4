import { describe, expect, it } from 'vitest';
import { explore } from './engine/explore.ts';
import { describeViolation } from './engine/words.ts';
import { ANSWERS } from './scenarios/answers.ts';
import { BREAKS } from './scenarios/breaks.ts';
import { DELIVERIES, EXECUTIONS } from './scenarios/deliveries.ts';
import { NOTICES } from './scenarios/notices.ts';
import { ADDRESSES, ORDERS } from './scenarios/orders.ts';
import { USER_REPORTS } from './scenarios/user-reports.ts';

// Shows that the scenarios can fail: each break is deliberate, and its scenario must notice it.

describe('a deliberate break', () => {
  for (const { name, noticedBy, problem, apply } of BREAKS) {
    it(`${name} is noticed by "${noticedBy}"`, { timeout: 300_000 }, async () => {
      const whole = [
        ...ORDERS,
        ...ADDRESSES,
        ...ANSWERS,
        ...DELIVERIES,
        ...EXECUTIONS,
        ...NOTICES,
        ...USER_REPORTS,
      ].find((one) => one.name === noticedBy);
      if (whole === undefined) throw new Error(`There is no scenario ${noticedBy}`);

      const { violation } = await explore(await apply(await whole.scenario()));

      expect(violation?.problems.join()).toMatch(problem);
      if (violation !== undefined) console.log(`${name}: ${describeViolation(violation)}`);
    });
  }
});
