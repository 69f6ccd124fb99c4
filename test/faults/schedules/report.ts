/** The tests of a file of scenarios, and their figures as one table. */
import { afterAll, describe, expect, it } from 'vitest';
import { type Explored, explore, type Scenario } from './engine/explore.ts';
import { describeViolation } from './engine/words.ts';
import type { Named } from './product/pasts.ts';

const TIME_LIMIT_MS = 300_000;

const HEAD = [
  'scenario',
  'calls at once',
  'faults',
  'states',
  'orders',
  'violations',
  'seconds of a processor',
];

const rowOf = (
  name: string,
  { operations, faults }: Scenario,
  { states, orders, seconds, violation }: Explored,
) => {
  const figures = [operations.length, faults, states, orders, violation === undefined ? 0 : 1];
  return [name, ...figures.map((figure) => figure.toLocaleString('en')), seconds.toFixed(1)];
};

/** Plays each scenario, prints a violation in words, and fails then. Prints the figures of all when they have ended. */
export const describeScenarios = (
  title: string,
  scenarios: readonly Named[],
  play: (scenario: Scenario) => Promise<Explored> = explore,
): void => {
  describe(title, () => {
    const rows: (readonly string[])[] = [];
    afterAll(() => {
      const lines = [HEAD, HEAD.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
      console.log(`\n${lines.join('\n')}\n`);
    });

    for (const { name, invariant, scenario } of scenarios) {
      it(
        `${name}: ${invariant}`,
        async () => {
          const played = await scenario();
          const explored = await play(played);
          rows.push(rowOf(name, played, explored));
          const { violation } = explored;
          if (violation !== undefined) console.error(`${name}: ${describeViolation(violation)}`);
          expect(violation?.problems ?? []).toEqual([]);
        },
        TIME_LIMIT_MS,
      );
    }
  });
};
