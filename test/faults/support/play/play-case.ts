/** Plays the rounds of a case, waits until nothing is under way, and judges what each round has left behind. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Invoke } from '../../../../local/ground/service.ts';
import { describeFinalState, type FinalState, readFinalState } from '../judge/final-state.ts';
import { leaks, readFunnel } from '../judge/funnel.ts';
import { brokenInvariants } from '../judge/invariants.ts';
import { metricDifferences, readSums } from '../judge/metric-sums.ts';
import { misjudgedOrders } from '../judge/orders.ts';
import { strayMails } from '../judge/stray-mails.ts';
import { createWitness, type Witness } from '../judge/told.ts';
import type { Person } from '../world/cognito.ts';
import type { World } from '../world/world.ts';
import type { FaultCase, Judge, Round } from './fault-case.ts';
import { createRandom } from './random.ts';

export interface Violation {
  /** Undefined if the violation is of all rounds together. */
  readonly round?: number;
  readonly problems: readonly string[];
  /** What was left behind, for a person to read. */
  readonly left: string;
}

export interface Played {
  readonly rounds: number;
  readonly seconds: number;
  /** How many takes do not count, because the machine was too slow. */
  readonly voidTakes: number;
  readonly violations: readonly Violation[];
}

/** Milliseconds after which Cognito calls a trigger again: real ones, and also of the local clock if answers are lost. */
const COGNITO_LIMIT_MS = 5_000;
/** How often a round is played at most. It is played again if the machine was too slow for it. */
const MOST_TAKES = 5;

interface PlayedRound {
  readonly round: number;
  readonly people: readonly Person[];
  readonly judge: Judge;
  readonly witness: Witness;
  /** Whether a trigger took longer than Cognito waits for it. */
  readonly wasLate: boolean;
}

const NO_LOSSES = () => [];

const watchful =
  (invoke: Invoke, limitMs: number, onLate: () => void): Invoke =>
  async (arn, event) => {
    const timer = setTimeout(onLate, limitMs);
    const outcome = await invoke(arn, event).finally(() => clearTimeout(timer));
    // The function's own limit is less than Cognito's.
    if (outcome.kind === 'timeout') onLate();
    return outcome;
  };

const playRound = async (
  world: World,
  faultCase: FaultCase,
  seed: number,
  round: number,
  take: number,
): Promise<PlayedRound> => {
  const people: Person[] = [];
  const random = createRandom(seed, faultCase.name, round);
  const names = createRandom(seed, faultCase.name, round, 'people', take);
  const witness = createWitness(world);
  let wasLate = false;
  const onLate = () => {
    wasLate = true;
  };
  const invokeWithin = (limitMs: number) => witness.watch(watchful(world.invoke, limitMs, onLate));
  const invoke = invokeWithin(COGNITO_LIMIT_MS);
  const losing = invokeWithin(world.system.clock.realDuration(COGNITO_LIMIT_MS));
  const playing: Round = {
    world,
    number: round,
    random,
    invoke,
    person: (email = `user-${names.uuid()}@example.com`) => {
      const person = { userId: names.uuid(), email };
      people.push(person);
      return person;
    },
    join: (person) => void people.push(person),
    cognito: (losses) =>
      losses === undefined ? world.cognito.create(invoke, NO_LOSSES) : world.cognito.create(losing, losses),
  };
  try {
    const judge = await faultCase.play(playing);
    return { round, people, judge, witness, wasLate };
  } catch (error) {
    return { round, people, judge: () => [`the round ended with ${error}`], witness, wasLate };
  }
};

const PAUSE_MS = 10;
const MOST_LAG_MS = 60;

/** Waits until this thread has time. All of AWS runs in it, and more rounds than it can serve would make all of them late. */
const calm = async (): Promise<void> => {
  for (;;) {
    const started = performance.now();
    await sleep(PAUSE_MS);
    if (performance.now() - started - PAUSE_MS < MOST_LAG_MS) return;
  }
};

/** Plays the rounds, a fixed number of them at a time, and half as many in each further take. */
const playAll = async (
  world: World,
  faultCase: FaultCase,
  seed: number,
  rounds: readonly number[],
  take: number,
): Promise<readonly PlayedRound[]> => {
  const left = [...rounds];
  const played: PlayedRound[] = [];
  const worker = async () => {
    for (let round = left.shift(); round !== undefined; round = left.shift()) {
      await calm();
      played.push(await playRound(world, faultCase, seed, round, take));
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, faultCase.inParallel >> take) }, worker));
  await world.settled();
  return played.sort((one, other) => one.round - other.round);
};

const readFinals = ({ database, tableName, mailbox }: World, people: readonly Person[]) =>
  Promise.all(people.map(({ userId }) => readFinalState(database, tableName, userId, mailbox.of(userId))));

/** The lines that a function logs reach the metrics a moment after it has returned. */
const METRICS_PATIENCE_MS = 3_000;

/** All that the system has measured since its start. */
const readMeasured = async (world: World) => ({
  sums: readSums(world.system.metrics, world.slowCalls),
  funnel: await readFunnel(world, world.system.metrics, world.slowCalls),
});

const judgeMetrics = async (
  world: World,
  before: Awaited<ReturnType<typeof readMeasured>>,
  finals: readonly FinalState[],
  mayMiss: boolean,
): Promise<readonly string[]> => {
  const giveUp = performance.now() + METRICS_PATIENCE_MS;
  for (;;) {
    const { sums, funnel } = await readMeasured(world);
    const problems = [
      ...metricDifferences(before.sums, sums, finals, mayMiss),
      ...(mayMiss ? [] : leaks(before.funnel, funnel)),
    ];
    if (problems.length === 0 || performance.now() > giveUp) return problems;
    await sleep(100);
  }
};

const judgeRound = (
  { hashOf }: World,
  { keepsOrders = false }: FaultCase,
  { round, judge, witness }: PlayedRound,
  finals: readonly FinalState[],
): readonly Violation[] => {
  const always = finals.flatMap((final) => [
    ...brokenInvariants(final),
    ...strayMails(final, hashOf),
    ...(keepsOrders ? [] : misjudgedOrders(final)),
  ]);
  const problems = [...judge(...finals), ...always, ...witness.untruths(finals)];
  return problems.length === 0 ? [] : [{ round, problems, left: finals.map(describeFinalState).join('\n') }];
};

/** `rounds` has the numbers of the rounds to play. A round is the same whichever others are played. */
export const playCase = async (
  world: World,
  faultCase: FaultCase,
  seed: number,
  rounds: readonly number[],
): Promise<Played> => {
  const started = performance.now();
  const before = await readMeasured(world);
  const putBack = await faultCase.prepare?.(world);
  const violations: Violation[] = [];
  const allFinals: FinalState[] = [];
  let voidTakes = 0;
  let left = rounds;
  for (let take = 0; take < MOST_TAKES && left.length > 0; take += 1) {
    const again: number[] = [];
    for (const played of await playAll(world, faultCase, seed, left, take)) {
      const finals = await readFinals(world, played.people);
      allFinals.push(...finals);
      const isVoid = played.wasLate || played.people.some(({ userId }) => world.gaveUp(userId));
      if (isVoid) again.push(played.round);
      else violations.push(...judgeRound(world, faultCase, played, finals));
    }
    voidTakes += again.length;
    left = again;
  }
  await putBack?.();
  for (const round of left)
    violations.push({ round, problems: ['the machine was too slow to play it'], left: '' });
  const measured = await judgeMetrics(world, before, allFinals, faultCase.losesMetrics === true);
  if (measured.length > 0) violations.push({ problems: measured, left: '' });
  return { rounds: rounds.length, seconds: (performance.now() - started) / 1000, voidTakes, violations };
};
