/** Every order of a scenario's moves, state by state; equal states are looked at once. The first violation is a shortest one. */

import type { Operation } from './operation.ts';
import { settle } from './settle.ts';
import {
  createSystem,
  keyOf,
  type Move,
  type Plan,
  type Result,
  type State,
  type System,
  type Taken,
} from './system.ts';
import type { World } from './world.ts';

/** What there is to judge. */
export interface View {
  readonly world: World;
  readonly results: readonly Result[];
}

/** Returns what is broken, in words. */
export type Judge = (view: View) => readonly string[];

export interface Scenario extends Plan {
  /** What holds at every moment. */
  readonly always: Judge;
  /** What holds when nobody has anything left to do. */
  readonly finally: Judge;
  /** What comes after everything else, without a fault, before `finally` is judged. Its results are not in the view. */
  readonly afterwards?: readonly Operation[];
}

export interface Violation {
  readonly problems: readonly string[];
  readonly schedule: readonly Taken[];
  readonly view: View;
}

export interface Explored {
  readonly states: number;
  /** In how many orders, with and without faults, the scenario can come to an end. */
  readonly orders: number;
  /** States in which nobody has anything left to do. */
  readonly ends: number;
  /** Of one processor. */
  readonly seconds: number;
  readonly violation?: Violation;
}

/** Judges a state. Those with the same world and the same results are judged once. */
export const judging = (system: System, { always, finally: atTheEnd, afterwards = [] }: Scenario) => {
  const judged = new Map<string, readonly string[]>();
  const judgeEnd = async ({ world, results }: View): Promise<readonly string[]> => {
    if (results.some(({ outcome, failed }) => outcome === undefined && failed === undefined)) {
      return ['somebody waits for something that never happens'];
    }
    const settled = afterwards.length === 0 ? { world } : await settle({ world, operations: afterwards });
    return [...always({ ...settled, results }), ...atTheEnd({ ...settled, results })];
  };
  return async (state: State, isEnd: boolean): Promise<readonly string[]> => {
    const key = `${system.judgedBy(state)} ${isEnd}`;
    const known = judged.get(key);
    if (known !== undefined) return known;
    const view = { world: system.worldOf(state), results: system.resultsOf(state) };
    const problems = [...always(view), ...(isEnd ? await judgeEnd(view) : [])];
    judged.set(key, problems);
    return problems;
  };
};

/** Where a state was come to first. */
interface Visit {
  readonly state: State;
  readonly number: number;
  readonly from?: { readonly visit: Visit; readonly move: Move };
}

const scheduleOf = async (system: System, { from }: Visit): Promise<readonly Taken[]> => {
  if (from === undefined) return [];
  const before = await scheduleOf(system, from.visit);
  return [...before, await system.describe(from.visit.state, from.move)];
};

/** The number of ways from the first state to a last one. `nextOf` has for each state those that a move leads to. */
const countOrders = (nextOf: readonly (readonly number[])[]): number => {
  const waysIn = new Int32Array(nextOf.length);
  for (const next of nextOf) for (const state of next) waysIn[state] = (waysIn[state] ?? 0) + 1;
  const orders = new Float64Array(nextOf.length);
  orders[0] = 1;
  const ready = [0];
  let atEnds = 0;
  for (let state = ready.pop(); state !== undefined; state = ready.pop()) {
    const own = orders[state] ?? 0;
    const next = nextOf[state] ?? [];
    if (next.length === 0) atEnds += own;
    for (const then of next) {
      orders[then] = (orders[then] ?? 0) + own;
      waysIn[then] = (waysIn[then] ?? 0) - 1;
      if (waysIn[then] === 0) ready.push(then);
    }
  }
  return atEnds;
};

/** Throws if there are more states than `most`: then the scenario is too large to be explored. */
export const explore = async (scenario: Scenario, most = 1_000_000): Promise<Explored> => {
  const started = process.cpuUsage();
  const system = createSystem(scenario);
  const judge = judging(system, scenario);
  const visits: Visit[] = [{ state: system.initial, number: 0 }];
  const numbers = new Map([[keyOf(system.initial), 0]]);
  const nextOf: number[][] = [];

  const result = () => ({
    states: visits.length,
    orders: countOrders(nextOf),
    ends: nextOf.filter(({ length }) => length === 0).length,
    places: system.places(),
    seconds: process.cpuUsage(started).user / 1e6,
  });
  /** In the order in which they were found, so that none comes before one with a shorter schedule. */
  for (const visit of visits) {
    const { state } = visit;
    const moves = await system.movesOf(state);
    const problems = await judge(state, moves.length === 0);
    if (problems.length > 0) {
      const view = { world: system.worldOf(state), results: system.resultsOf(state) };
      const schedule = await scheduleOf(system, visit);
      return { ...result(), orders: 0, violation: { problems, schedule, view } };
    }
    const next: number[] = [];
    for (const move of moves) {
      const then = await system.take(state, move);
      const key = keyOf(then);
      const known = numbers.get(key);
      next.push(known ?? visits.length);
      if (known !== undefined) continue;
      numbers.set(key, visits.length);
      visits.push({ state: then, number: visits.length, from: { visit, move } });
    }
    nextOf.push(next);
    if (visits.length > most) throw new Error(`There are more than ${most} states`);
  }
  return result();
};
