/** How evenly the codes of many challenges are spread, by Pearson's chi-squared test. */
import { expect } from 'vitest';
import { deriveCode } from '../../../shared/domain/code.ts';
import { aChallengeId, KEY, USER_ID } from './challenges.ts';

/**
 * The key and the ids are fixed, so the figures never change and the test cannot fail by chance. The critical values show that
 * the figures are unremarkable. Upper 0.1 % points of the chi-squared distribution: 27.877 for 9 degrees of freedom
 * (NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.4), and 1142.85 for 999, which that table does not have,
 * from the incomplete gamma function Q(999/2, x/2) = 0.001. Below the lower 0.1 % points, 1.152 and 866.55, the codes would
 * be spread more evenly than chance spreads them.
 */
const CRITICAL = {
  digit: { low: 1.152, high: 27.877 },
  leadingThree: { low: 866.55, high: 1142.85 },
};

const LENGTH = 6;

const count = (counts: Uint32Array, index: number): void => {
  counts[index] = (counts[index] ?? 0) + 1;
};

const chiSquared = (counts: Uint32Array): number => {
  const expected = counts.reduce((sum, n) => sum + n) / counts.length;
  return counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
};

/** Expects even codes of so many challenges, by each digit and by the first three together. */
export const expectEvenCodes = (challenges: number): void => {
  const digits = Array.from({ length: LENGTH }, () => new Uint32Array(10));
  const leadingThree = new Uint32Array(1000);

  for (let n = 0; n < challenges; n += 1) {
    const code = deriveCode(KEY, { challengeId: aChallengeId(n), userId: USER_ID }, LENGTH);
    for (const [position, counts] of digits.entries()) count(counts, Number(code[position]));
    count(leadingThree, Number(code.slice(0, 3)));
  }

  const perDigit = digits.map(chiSquared);
  const perThree = chiSquared(leadingThree);
  console.log(
    `chi-squared over ${challenges} codes: digits 1 to ${LENGTH} ${perDigit.map((x) => x.toFixed(2)).join(', ')} ` +
      `(9 d.o.f., 0.1 % point ${CRITICAL.digit.high}); leading three digits ${perThree.toFixed(2)} ` +
      `(999 d.o.f., 0.1 % point ${CRITICAL.leadingThree.high})`,
  );
  for (const figure of perDigit) {
    expect(figure).toBeGreaterThan(CRITICAL.digit.low);
    expect(figure).toBeLessThan(CRITICAL.digit.high);
  }
  expect(perThree).toBeGreaterThan(CRITICAL.leadingThree.low);
  expect(perThree).toBeLessThan(CRITICAL.leadingThree.high);
};
