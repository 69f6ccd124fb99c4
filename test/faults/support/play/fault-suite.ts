/** The tests in one file of the fault suite: one world, the cases one after the other, and a row of the table for each. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World, type WorldOptions, warmUp } from '../world/world.ts';
import type { FaultCase } from './fault-case.ts';
import { type Played, playCase, type Violation } from './play-case.ts';
import { addRow } from './result-table.ts';
import { ONLY_ROUND, SEED, scaled } from './run-settings.ts';

const TIME_LIMIT_MS = 900_000;
/** How many violations are shown; more of the same would say no more. */
const SHOWN = 5;

const describeViolation =
  (name: string) =>
  ({ round, problems, left }: Violation): string =>
    [
      `${name}: ${round === undefined ? 'all rounds' : `round ${round}`}, seed ${SEED}`,
      ...problems.map((problem) => `  ${problem}`),
      ...(round === undefined
        ? []
        : [`  again: FAULT_SEED=${SEED} FAULT_ROUND=${round} npm run test:faults -- -t '${name}'`]),
      left,
    ].join('\n');

/** Writes the case's row, shows what is wrong, and fails if anything is. */
export const report = ({ name, invariant }: Pick<FaultCase, 'name' | 'invariant'>, played: Played): void => {
  const { rounds, seconds, voidTakes, violations } = played;
  addRow({ name, invariant, rounds, seconds, voidTakes, violations: violations.length, seed: SEED });
  for (const violation of violations.slice(0, SHOWN)) console.error(describeViolation(name)(violation));
  expect(violations.flatMap(({ problems }) => problems).slice(0, SHOWN)).toEqual([]);
};

export const describeCases = (
  title: string,
  options: WorldOptions,
  cases: readonly FaultCase[],
  prepare: (world: World) => Promise<void> = warmUp,
): void => {
  describe(title, () => {
    let world: World;
    beforeAll(async () => {
      world = await startWorld(options);
      await prepare(world);
    });
    afterAll(() => world.close());

    // Not `it.each`, which shortens long names, so that `-t` would not find them.
    for (const faultCase of cases) {
      it(
        `${faultCase.name}: ${faultCase.invariant}`,
        async () => {
          const all = Array.from({ length: scaled(faultCase.rounds) }, (_, index) => index + 1);
          const rounds = ONLY_ROUND === undefined ? all : [ONLY_ROUND];
          report(faultCase, await playCase(world, faultCase, SEED, rounds));
        },
        TIME_LIMIT_MS,
      );
    }
  });
};
