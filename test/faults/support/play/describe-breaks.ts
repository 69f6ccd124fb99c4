/** Shows that the suite can fail: each break is deliberate, and a case must notice it. */
import { describe, expect, inject, it } from 'vitest';
import { type Break, buildBroken } from '../world/test-build.ts';
import { startWorld, warmUp } from '../world/world.ts';
import type { FaultCase } from './fault-case.ts';
import { type Played, playCase } from './play-case.ts';
import { SEED } from './run-settings.ts';

export interface NoticedBreak extends Break {
  readonly name: string;
  readonly services: readonly string[];
  /** The name of the case that notices it. */
  readonly caughtBy: string;
  readonly rounds: number;
  /** The violation that this case must report. */
  readonly problem: RegExp;
}

/** Plays rounds of the case with this name on a broken build. */
export type PlayBroken = (templateFolder: string, name: string, rounds: number) => Promise<Played>;

/** Plays these cases as they are played otherwise. */
export const playAnyOf =
  (cases: readonly FaultCase[]): PlayBroken =>
  async (templateFolder, name, rounds) => {
    const faultCase = cases.find((one) => one.name === name);
    if (faultCase === undefined) throw new Error(`There is no case ${name}`);
    const world = await startWorld({ faults: { clockRate: 4 }, templateFolder });
    try {
      await warmUp(world);
      const numbers = Array.from({ length: rounds }, (_, index) => index + 1);
      return await playCase(world, faultCase, SEED, numbers);
    } finally {
      await world.close();
    }
  };

/** Prints of each break which round has noticed it. */
export const describeBreaks = (breaks: readonly NoticedBreak[], play: PlayBroken): void => {
  describe('a deliberate break', () => {
    for (const { name, services, caughtBy, rounds, problem, ...broken } of breaks) {
      it(`${name} is noticed by "${caughtBy}"`, async () => {
        using testBuild = await buildBroken(inject('templateFolder'), services, broken);

        const { violations } = await play(testBuild.templateFolder, caughtBy, rounds);

        const noticed = violations.find(({ problems }) => problems.some((text) => problem.test(text)));
        const where = noticed?.round === undefined ? 'all rounds together' : `round ${noticed.round}`;
        if (noticed) console.log(`${name}: noticed by ${where} of "${caughtBy}", seed ${SEED}`);
        const problems = violations.flatMap((violation) => violation.problems);
        expect(problems).toContainEqual(expect.stringMatching(problem));
      }, 300_000);
    }
  });
};
