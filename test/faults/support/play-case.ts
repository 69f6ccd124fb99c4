/** Plays the rounds of a case, lets everything come to rest, and judges what each has left behind. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Invoke } from '../../../infra/local/service.ts';
import type { Person } from './cognito.ts';
import type { FaultCase, Judge, Round } from './fault-case.ts';
import { describeFinalState, type FinalState, readFinalState } from './final-state.ts';
import { brokenInvariants } from './invariants.ts';
import { type Agreement, metricDifferences, readSums } from './metric-sums.ts';
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
  /** Takes that do not count, because the machine was too slow. */
  readonly voidTakes: number;
  readonly violations: readonly Violation[];
}

/** Real milliseconds for which the AWS SDK in a trigger waits, over both of its tries. */
const SDK_PATIENCE_MS = 2_000;
/** Milliseconds after which Cognito calls a trigger again, by the local clock and by the real one. */
const COGNITO_LIMIT_MS = 5_000;
const MOST_TAKES = 5;

interface PlayedRound {
  readonly round: number;
  readonly people: readonly Person[];
  readonly judge: Judge;
  /** The machine was too slow for a function's own time limits, so what the round shows is not what it was meant to. */
  readonly isVoid: boolean;
}

const NO_LOSSES = () => [];

/** Tells of calls that the machine, and no fault, has kept too long: the AWS SDK in the function gave up, or Cognito did. */
const watchful =
  ({ invoke, system: { clock } }: World, onSlow: () => void): Invoke =>
  async (arn, event) => {
    const started = performance.now();
    const outcome = await invoke(arn, event);
    const took = performance.now() - started;
    // The SDK calls a connection that breaks by the same name, but it does not wait for that.
    const gaveUp = outcome.kind === 'failed' && outcome.errorType === 'TimeoutError' && took > SDK_PATIENCE_MS;
    if (gaveUp || took > clock.realDuration(COGNITO_LIMIT_MS)) onSlow();
    return outcome;
  };

const playTake = async (
  world: World,
  faultCase: FaultCase,
  seed: number,
  round: number,
  take: number,
): Promise<PlayedRound> => {
  const people: Person[] = [];
  const random = createRandom(seed, faultCase.name, round);
  const names = createRandom(seed, faultCase.name, round, 'people', take);
  let isVoid = false;
  const invoke = watchful(world, () => {
    isVoid = true;
  });
  const playing: Round = {
    world,
    random,
    invoke,
    person: (email = `user-${names.uuid()}@example.com`) => {
      const person = { userId: names.uuid(), email };
      people.push(person);
      return person;
    },
    cognito: (losses = NO_LOSSES) => world.cognito.create(invoke, losses),
  };
  try {
    const judge = await faultCase.play(playing);
    return { round, people, judge, isVoid };
  } catch (error) {
    return { round, people, judge: () => [`the round ended with ${error}`], isVoid };
  }
};

/** A void round is played again; all takes are answered. */
const playRound = async (
  world: World,
  faultCase: FaultCase,
  seed: number,
  round: number,
): Promise<readonly PlayedRound[]> => {
  const takes: PlayedRound[] = [];
  while (takes.length < MOST_TAKES && takes.at(-1)?.isVoid !== false) {
    takes.push(await playTake(world, faultCase, seed, round, takes.length));
  }
  return takes;
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
      played.push(...(await playRound(world, faultCase, seed, round)));
    }
  };
  await Promise.all(Array.from({ length: faultCase.inParallel }, worker));
  return played.sort((one, other) => one.round - other.round);
};

const readFinals = ({ database, tableName, mailbox }: World, people: readonly Person[]) =>
  Promise.all(people.map(({ userId }) => readFinalState(database, tableName, userId, mailbox.of(userId))));

/** The lines of a function reach its metrics a moment after its answer. */
const METRICS_PATIENCE_MS = 3_000;

const judgeMetrics = async (
  { system: { metrics } }: World,
  before: ReturnType<typeof readSums>,
  finals: readonly FinalState[],
  agreement: Agreement,
): Promise<readonly string[]> => {
  const giveUp = performance.now() + METRICS_PATIENCE_MS;
  for (;;) {
    const problems = metricDifferences(before, readSums(metrics), finals, agreement);
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
  const slowBefore = world.slowCalls();
  const putBack = await faultCase.prepare?.(world);
  const played = await playAll(world, faultCase, seed, rounds);
  await world.settled();
  await putBack?.();

  const violations: Violation[] = [];
  const allFinals: FinalState[] = [];
  for (const { round, people, judge, isVoid } of played) {
    const finals = await readFinals(world, people);
    allFinals.push(...finals);
    const problems = [...(isVoid ? [] : judge(...finals)), ...finals.flatMap(brokenInvariants)];
    if (problems.length > 0) {
      violations.push({ round, problems, left: finals.map(describeFinalState).join('\n') });
    }
  }
  const voidTakes = played.filter(({ isVoid }) => isVoid).length;
  const never = rounds.filter((number) => played.every(({ round, isVoid }) => round !== number || isVoid));
  for (const round of never) violations.push({ round, problems: ['the machine was too slow to play it'], left: '' });
  const measured = await judgeMetrics(world, before, allFinals, {
    mayMiss: faultCase.losesMetrics === true,
    slowCalls: world.slowCalls() - slowBefore,
  });
  if (measured.length > 0) violations.push({ problems: measured, left: '' });
  return { rounds: rounds.length, seconds: (performance.now() - started) / 1000, voidTakes, violations };
};
