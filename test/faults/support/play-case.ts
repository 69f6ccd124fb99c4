/** Plays the rounds of a case, lets everything come to rest, and judges what each has left behind. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Person } from './cognito.ts';
import type { FaultCase, Judge, Round } from './fault-case.ts';
import { describeFinalState, type FinalState, readFinalState } from './final-state.ts';
import { brokenInvariants } from './invariants.ts';
import { metricDifferences, readSums } from './metric-sums.ts';
import { createRandom } from './random.ts';
import type { World } from './world.ts';

export interface Violation {
  /** Undefined for what all rounds together got wrong. */
  readonly round?: number;
  readonly problems: readonly string[];
  /** What was left behind, for a person to read. */
  readonly left: string;
}

export interface Played {
  readonly rounds: number;
  readonly seconds: number;
  readonly violations: readonly Violation[];
}

interface PlayedRound {
  readonly round: number;
  readonly people: readonly Person[];
  readonly judge: Judge;
}

const NO_LOSSES = () => [];

const playRound = async (world: World, faultCase: FaultCase, seed: number, round: number): Promise<PlayedRound> => {
  const people: Person[] = [];
  const random = createRandom(seed, faultCase.name, round);
  const playing: Round = {
    world,
    random,
    person: (email) => {
      const userId = random.uuid();
      const person = { userId, email: email ?? `user-${userId}@example.com` };
      people.push(person);
      return person;
    },
    cognito: ({ losses = NO_LOSSES, invoke = world.invoke } = {}) => world.cognito.create(invoke, losses),
  };
  try {
    return { round, people, judge: await faultCase.play(playing) };
  } catch (error) {
    return { round, people, judge: () => [`the round ended with ${error}`] };
  }
};

/** So many at a time, each next one as soon as one has ended. */
const playAll = async (
  world: World,
  faultCase: FaultCase,
  seed: number,
  rounds: readonly number[],
): Promise<readonly PlayedRound[]> => {
  const left = [...rounds];
  const played: PlayedRound[] = [];
  const worker = async () => {
    for (let round = left.shift(); round !== undefined; round = left.shift()) {
      played.push(await playRound(world, faultCase, seed, round));
    }
  };
  await Promise.all(Array.from({ length: faultCase.inParallel }, worker));
  return played.sort((one, other) => one.round - other.round);
};

const readFinals = ({ system, database, mailbox }: World, people: readonly Person[]) =>
  Promise.all(
    people.map(({ userId }) =>
      readFinalState(database, system.outputs.TableName ?? '', userId, mailbox.of(userId)),
    ),
  );

/** The lines of a function reach its metrics a moment after its answer. */
const METRICS_PATIENCE_MS = 3_000;

const judgeMetrics = async (
  { system: { metrics } }: World,
  before: ReturnType<typeof readSums>,
  finals: readonly FinalState[],
  exact: boolean,
): Promise<readonly string[]> => {
  const giveUp = performance.now() + METRICS_PATIENCE_MS;
  for (;;) {
    const problems = metricDifferences(before, readSums(metrics), finals, exact);
    if (problems.length === 0 || performance.now() > giveUp) return problems;
    await sleep(100);
  }
};

/** `rounds` by their numbers: each is played as it would be among all others. */
export const playCase = async (
  world: World,
  faultCase: FaultCase,
  seed: number,
  rounds: readonly number[],
): Promise<Played> => {
  const started = performance.now();
  const before = readSums(world.system.metrics);
  const putBack = await faultCase.prepare?.(world);
  const played = await playAll(world, faultCase, seed, rounds);
  await world.settled();
  await putBack?.();

  const violations: Violation[] = [];
  const allFinals: FinalState[] = [];
  for (const { round, people, judge } of played) {
    const finals = await readFinals(world, people);
    allFinals.push(...finals);
    const problems = [...judge(...finals), ...finals.flatMap(brokenInvariants)];
    if (problems.length > 0) {
      violations.push({ round, problems, left: finals.map(describeFinalState).join('\n') });
    }
  }
  const measured = await judgeMetrics(world, before, allFinals, faultCase.losesMetrics !== true);
  if (measured.length > 0) violations.push({ problems: measured, left: '' });
  return { rounds: played.length, seconds: (performance.now() - started) / 1000, violations };
};
