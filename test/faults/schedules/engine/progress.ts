/** How far each operation can be, as a tree: each branch is an answer, and each place is found once. */
import { createInterned } from './interned.ts';
import {
  type Answer,
  type Call,
  createRun,
  type Numbered,
  type Operation,
  type PartOutcomes,
  type Run,
  type Stop,
} from './operation.ts';

export interface Place {
  readonly operation: Operation;
  readonly stop: Stop;
  /** Equal calls of any operation have the same number. */
  readonly call?: number;
  /** When its present function was called, in epoch milliseconds: it has a time limit. */
  readonly since: number;
}

export interface Progress {
  at(place: number): Place;
  callAt(call: number): Call;
  /** The place of an operation that begins at this time. */
  begin(operation: Operation, time: number): number | Promise<number>;
  /** The place that the answer leads to. Equal answers have the same number. */
  go(place: number, number: number, answer: Answer): number | Promise<number>;
  /** How many places are known. */
  size(): number;
}

interface Branch extends Place {
  readonly startsAt: number;
  readonly answers: readonly Numbered[];
  readonly next: Map<number, number>;
}

/** Places with the same text are one: nothing that can come differs. */
const identityOf = (
  { name }: Operation,
  startsAt: number,
  answers: readonly Numbered[],
  stop: Stop,
): string => {
  // However it came to its end, nothing comes after it.
  if (stop.kind !== 'calls') return `${name} ${JSON.stringify(stop)}`;
  const { text, answers: forgotten } = stop.memory;
  const remembered = answers.slice(forgotten).map(({ number }) => number);
  return `${name} ${text === '' ? startsAt : text} ${remembered.join()}`;
};

export const createProgress = (): Progress => {
  const places: Branch[] = [];
  const known = new Map<string, number>();
  const calls = createInterned<Call>();
  const parts: PartOutcomes = new Map();
  /** Runs that stand at a place and can go on from there, once. */
  const waiting = new Map<number, Run>();

  /** The place after the last of the answers. `run` has got all others; without it the operation is run from its start. */
  const add = async (
    operation: Operation,
    startsAt: number,
    answers: readonly Numbered[],
    since: number,
    run?: Run,
  ): Promise<number> => {
    const goes = run ?? createRun(operation, startsAt, parts);
    const stop = await goes.goOn(run === undefined ? answers : answers.slice(-1));
    const identity = identityOf(operation, startsAt, answers, stop);
    const call = stop.kind === 'calls' ? { call: calls.numberOf(stop.call) } : {};
    const place = { operation, startsAt, answers, stop, since, next: new Map(), ...call };
    const number = known.get(identity) ?? places.push(place) - 1;
    known.set(identity, number);
    if (goes.canGoOn()) waiting.set(number, goes);
    return number;
  };

  const at = (place: number): Branch => {
    const found = places[place];
    if (found === undefined) throw new Error(`There is no place ${place}`);
    return found;
  };

  const remember = async (key: string, finding: Promise<number>): Promise<number> => {
    const place = await finding;
    known.set(key, place);
    return place;
  };

  return {
    at,
    callAt: calls.at,
    size: () => places.length,
    begin: (operation, time) => {
      const key = `${operation.name} at ${time}`;
      return known.get(key) ?? remember(key, add(operation, time, [], time));
    },
    go: (from, number, answer) => {
      const { next, operation, startsAt, answers, stop, since } = at(from);
      const seen = next.get(number);
      if (seen !== undefined) return seen;
      const waited = stop.kind === 'calls' && stop.call.service === 'Clock';
      const run = waiting.get(from);
      waiting.delete(from);
      const then = [...answers, { number, answer }];
      const found = add(operation, startsAt, then, waited ? answer.at : since, run);
      return found.then((place) => {
        next.set(number, place);
        return place;
      });
    },
  };
};
