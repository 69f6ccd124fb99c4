/** Random orders of a scenario that is too large to be explored. The seed decides each of them. */
import { createRandom } from '../../support/play/random.ts';
import { type Explored, judging, type Scenario } from './explore.ts';
import { createSystem, keyOf, type Move, type State } from './system.ts';

/** How often something goes wrong, while something may. */
const TROUBLE = 0.15;

/** Plays so many orders to their ends. The violation's schedule is the one that was played, not a shortest one. */
export const sample = async (scenario: Scenario, orders: number, seed: number): Promise<Explored> => {
  const started = process.cpuUsage();
  const system = createSystem(scenario);
  const judge = judging(system, scenario);
  const seen = new Set<string>();
  const ends = new Set<string>();
  const result = (played: number) => ({
    states: seen.size,
    ends: ends.size,
    orders: played,
    seconds: process.cpuUsage(started).user / 1e6,
  });

  for (let order = 1; order <= orders; order += 1) {
    const random = createRandom(seed, order);
    const taken: (readonly [State, Move])[] = [];
    let state = system.initial;
    for (;;) {
      const moves = await system.movesOf(state);
      seen.add(keyOf(state));
      if (moves.length === 0) ends.add(keyOf(state));
      const problems = await judge(state, moves.length === 0);
      if (problems.length > 0) {
        const view = { world: system.worldOf(state), results: system.resultsOf(state) };
        const schedule = await Promise.all(taken.map(([from, move]) => system.describe(from, move)));
        return { ...result(order), violation: { problems, schedule, view } };
      }
      const faults = moves.filter(({ fate }) => fate !== 'works');
      const works = moves.filter(({ fate }) => fate === 'works');
      const from = faults.length > 0 && (works.length === 0 || random.chance(TROUBLE)) ? faults : works;
      const move = from[random.whole(0, from.length - 1)];
      if (move === undefined) break;
      taken.push([state, move]);
      state = await system.take(state, move);
    }
  }
  return result(orders);
};
