import { expect, test } from 'vitest';
import { deriveCode } from '../../../../shared/domain/code.ts';
import { aChallengeId, KEY, USER_ID } from '../../../support/table/challenges.ts';

/**
 * Pearson's chi-squared test. Under a fixed key and fixed ids the figures never change, so the test cannot fail by
 * chance; the critical values say that the figures are unremarkable. Upper 0.1 % points of the chi-squared distribution:
 * 27.877 for 9 degrees of freedom (NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.4) and 1142.85 for
 * 999, beyond that table, from the incomplete gamma function Q(999/2, x/2) = 0.001. The lower 0.1 % points, 1.152 and
 * 866.55, would show codes that are spread more evenly than chance spreads them.
 */
const CRITICAL = {
  digit: { low: 1.152, high: 27.877 },
  leadingThree: { low: 866.55, high: 1142.85 },
};

const IDS = 1_000_000;
const LENGTH = 6;

const chiSquared = (counts: Uint32Array): number => {
  const expected = IDS / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
};

test('spreads the codes of a million challenges evenly', { timeout: 60_000 }, () => {
  const digits = Array.from({ length: LENGTH }, () => new Uint32Array(10));
  const leadingThree = new Uint32Array(1000);

  for (let n = 0; n < IDS; n += 1) {
    const code = deriveCode(KEY, { challengeId: aChallengeId(n), userId: USER_ID }, LENGTH);
    for (const [position, counts] of digits.entries()) count(counts, Number(code[position]));
    count(leadingThree, Number(code.slice(0, 3)));
  }

  const perDigit = digits.map(chiSquared);
  const perThree = chiSquared(leadingThree);
  console.log(
    `chi-squared over ${IDS} codes: digits 1 to ${LENGTH} ${perDigit.map((x) => x.toFixed(2)).join(', ')} ` +
      `(9 d.o.f., 0.1 % point ${CRITICAL.digit.high}); leading three digits ${perThree.toFixed(2)} ` +
      `(999 d.o.f., 0.1 % point ${CRITICAL.leadingThree.high})`,
  );
  for (const figure of perDigit) {
    expect(figure).toBeGreaterThan(CRITICAL.digit.low);
    expect(figure).toBeLessThan(CRITICAL.digit.high);
  }
  expect(perThree).toBeGreaterThan(CRITICAL.leadingThree.low);
  expect(perThree).toBeLessThan(CRITICAL.leadingThree.high);
});

const count = (counts: Uint32Array, index: number): void => {
  counts[index] = (counts[index] ?? 0) + 1;
};
