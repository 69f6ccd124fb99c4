/** Gives an outcome to every challenge that has none and is past its time. */

import { type ChallengeRef, orderedDeliveries } from '../../shared/domain/challenge.ts';
import { SWEEP_GRACE_SECONDS } from '../../shared/domain/limits.ts';
import type { MetricName } from '../../shared/lambda/metric-names.ts';
import type { Measure } from '../../shared/lambda/metrics.ts';
import { OPEN_SHARDS } from '../../shared/table/keys.ts';
import type { UserStore } from '../../shared/table/user-store.ts';
import type { OpenChallenge, OpenChallenges, SweptOutcome } from './open-challenges.ts';

export interface Dependencies {
  readonly challenges: OpenChallenges;
  readonly giveBack: UserStore['giveBack'];
  readonly measure: Measure;
  readonly now: () => number;
  readonly maxAttempts: number;
}

export interface SweepRun {
  /** The id of the Lambda request, for the trail. */
  readonly requestId: string;
  /** Returns the milliseconds that the run has left. */
  readonly timeLeft: () => number;
}

export interface Swept {
  readonly closed: Readonly<Record<SweptOutcome, number>>;
  /** The read units (RCU) that it cost to find them. */
  readonly readUnits: number;
  /** Whether the time ran out; the next run continues. */
  readonly unfinished: boolean;
}

export const COMPONENT = 'sweep-challenges';

const METRIC_OF: Readonly<Record<SweptOutcome, MetricName>> = {
  EXPIRED: 'ChallengeExpired',
  ORPHANED: 'ChallengeOrphaned',
  EXHAUSTED: 'ChallengeExhausted',
};
const OUTCOMES = Object.keys(METRIC_OF) as readonly SweptOutcome[];

/** No further challenge is started when fewer milliseconds than this are left; one with all its orders can take this long. */
const RESERVE_MS = 30_000;

/** Sweeps all shards in parallel, and the challenges of each one after the other. Failures are skipped and thrown at the end. */
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
        // A challenge that cannot be closed must not stop the sweep of the younger ones, in this run and in later ones.
        const fail = (error: unknown) => void failures.push(error);
        const challenge = await close(deps, run, ref).catch(fail);
        if (challenge === undefined) continue;
        closed[challenge.outcome] += 1;
        await conclude(deps, ref, challenge).catch(fail);
      }
    }
    if (failures.length > 0) throw failures[0];
    return { closed, readUnits, unfinished: false };
  } finally {
    // The closed challenges are counted even if the sweep of the shard fails.
    for (const outcome of OUTCOMES) {
      if (closed[outcome] > 0) deps.measure({ [METRIC_OF[outcome]]: closed[outcome] });
    }
  }
};

/** Measures and gives back what no mail was sent for. What SES may have taken still counts against the user's limits. */
const conclude = async (
  { measure, giveBack }: Dependencies,
  ref: ChallengeRef,
  { outcome, challenge }: Closed,
): Promise<void> => {
  const { mailed, unclear } = challenge;
  if (outcome === 'ORPHANED' || (!mailed && unclear.length === 0)) measure({ NeverMailed: 1 });
  if (outcome !== 'ORPHANED') return;
  await giveBack(
    ref,
    orderedDeliveries(challenge).filter((delivery) => !unclear.includes(delivery)),
  );
};

interface Closed {
  readonly outcome: SweptOutcome;
  readonly challenge: OpenChallenge;
}

/**
 * Closes the challenge, and returns the outcome that this run gave. `EXPIRED` is tried before the challenge is read, because
 * almost all were mailed.
 */
const close = async (
  { challenges, now, maxAttempts }: Dependencies,
  { requestId }: SweepRun,
  ref: ChallengeRef,
): Promise<Closed | undefined> => {
  const time = now();
  const fact = { at: new Date(time).toISOString(), by: COMPONENT, request: requestId };
  let outcome: SweptOutcome = 'EXPIRED';
  for (const isLast of [false, true]) {
    const closed = await challenges.close({ ...ref, outcome, fact, now: time, maxAttempts });
    if (closed !== undefined) return { outcome, challenge: closed };
    const challenge = await challenges.read(ref);
    if (challenge === undefined) return undefined;
    const own = challenge.outcome === undefined ? undefined : ownOutcome(challenge, requestId);
    if (challenge.outcome !== undefined) return own && { outcome: own, challenge };
    if (!isLast) outcome = outcomeOf(challenge, maxAttempts);
  }
  return undefined;
};

const outcomeOf = ({ attempts, mailed }: OpenChallenge, maxAttempts: number): SweptOutcome => {
  if (attempts >= maxAttempts) return 'EXHAUSTED';
  return mailed ? 'EXPIRED' : 'ORPHANED';
};

/** The outcome that a challenge has already, if a write of this run gave it and only the response was lost. */
const ownOutcome = ({ events }: OpenChallenge, requestId: string): SweptOutcome | undefined =>
  OUTCOMES.find((outcome) => events[outcome]?.request === requestId);
