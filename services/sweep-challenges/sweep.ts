/** Gives an outcome to every challenge that is past its time and has none. */

import type { ChallengeRef } from '../../shared/domain/challenge.ts';
import { SWEEP_GRACE_SECONDS } from '../../shared/domain/limits.ts';
import type { Measure, MetricName } from '../../shared/lambda/metrics.ts';
import { OPEN_SHARDS } from '../../shared/table/table.ts';
import type { OpenChallenge, OpenChallenges, SweptOutcome } from './open-challenges.ts';

export interface Dependencies {
  readonly challenges: OpenChallenges;
  readonly measure: Measure;
  readonly now: () => number;
  readonly maxAttempts: number;
}

export interface SweepRun {
  /** The Lambda request that sweeps, for the trail. */
  readonly requestId: string;
  /** Milliseconds that the run may still take. */
  readonly timeLeft: () => number;
}

export interface Swept {
  readonly closed: Readonly<Record<SweptOutcome, number>>;
  /** Read units (RCU) that finding them cost. */
  readonly readUnits: number;
  /** Whether time ran out; the next run goes on. */
  readonly unfinished: boolean;
}

export const COMPONENT = 'sweep-challenges';

const METRIC_OF: Readonly<Record<SweptOutcome, MetricName>> = {
  EXPIRED: 'ChallengeExpired',
  ORPHANED: 'ChallengeOrphaned',
  EXHAUSTED: 'ChallengeExhausted',
};
const OUTCOMES = Object.keys(METRIC_OF) as readonly SweptOutcome[];

/** Milliseconds before the end at which no further challenge is begun: as long as closing one takes at worst. */
const RESERVE_MS = 20_000;

/** The shards are swept side by side, each one's challenges in turn. What fails is passed over, and thrown in the end. */
export const sweep = async (deps: Dependencies, run: SweepRun): Promise<Swept> => {
  const results = await Promise.allSettled(OPEN_SHARDS.map((shard) => sweepShard(deps, run, shard)));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;

  const shards = results.filter((result) => result.status === 'fulfilled').map(({ value }) => value);
  const total = (outcome: SweptOutcome) => shards.reduce((sum, { closed }) => sum + closed[outcome], 0);
  return {
    closed: { EXPIRED: total('EXPIRED'), ORPHANED: total('ORPHANED'), EXHAUSTED: total('EXHAUSTED') },
    readUnits: shards.reduce((sum, { readUnits }) => sum + readUnits, 0),
    unfinished: shards.some(({ unfinished }) => unfinished),
  };
};

const sweepShard = async (deps: Dependencies, run: SweepRun, shard: string): Promise<Swept> => {
  const closed = { EXPIRED: 0, ORPHANED: 0, EXHAUSTED: 0 };
  const failures: unknown[] = [];
  let readUnits = 0;
  const hasTime = () => run.timeLeft() > RESERVE_MS;
  try {
    for await (const page of deps.challenges.due(shard, deps.now() - SWEEP_GRACE_SECONDS * 1000)) {
      readUnits += page.readUnits;
      for (const ref of page.due) {
        if (!hasTime()) return { closed, readUnits, unfinished: true };
        // One that cannot be closed must not stand in the way of all that are younger, in this run and every later one.
        const outcome = await close(deps, run, ref).catch((error: unknown) => void failures.push(error));
        if (outcome !== undefined) closed[outcome] += 1;
      }
    }
    if (failures.length > 0) throw failures[0];
    return { closed, readUnits, unfinished: false };
  } finally {
    // However the shard's sweep ends, what it has closed is counted.
    for (const outcome of OUTCOMES) {
      if (closed[outcome] > 0) deps.measure({ [METRIC_OF[outcome]]: closed[outcome] });
    }
  }
};

/** Answers the outcome that this run gave the challenge. Nearly all have been mailed, so that is tried without a look. */
const close = async (
  { challenges, now, maxAttempts }: Dependencies,
  { requestId }: SweepRun,
  ref: ChallengeRef,
): Promise<SweptOutcome | undefined> => {
  const time = now();
  const fact = { at: new Date(time).toISOString(), by: COMPONENT, request: requestId };
  let outcome: SweptOutcome = 'EXPIRED';
  for (const isLast of [false, true]) {
    if (await challenges.close({ ...ref, outcome, fact, now: time, maxAttempts })) return outcome;
    const challenge = await challenges.read(ref);
    if (challenge === undefined) return undefined;
    if (challenge.outcome !== undefined) return ownOutcome(challenge, requestId);
    if (!isLast) outcome = outcomeOf(challenge, maxAttempts);
  }
  return undefined;
};

const outcomeOf = ({ attempts, mailed }: OpenChallenge, maxAttempts: number): SweptOutcome => {
  if (attempts >= maxAttempts) return 'EXHAUSTED';
  return mailed ? 'EXPIRED' : 'ORPHANED';
};

/** The index lags behind; and a write whose answer was lost has closed the challenge in this very run. */
const ownOutcome = ({ events }: OpenChallenge, requestId: string): SweptOutcome | undefined =>
  OUTCOMES.find((outcome) => events[outcome]?.request === requestId);
