/** Plays operations one after the other, with everything that they start, and without a fault: the past of a scenario. */
import { createSystem, type Plan, type Result } from './system.ts';
import type { World } from './world.ts';

export interface Settled {
  readonly world: World;
  readonly results: readonly Result[];
}

export const settle = async (plan: Omit<Plan, 'faults'>): Promise<Settled> => {
  const system = createSystem({ ...plan, faults: 0 });
  let state = system.initial;
  for (;;) {
    const [move] = await system.movesOf(state);
    if (move === undefined) break;
    state = await system.take(state, move);
  }
  return { world: system.worldOf(state), results: system.resultsOf(state) };
};
