/** On a schedule: whether the pool still is as it was attached. */

import type { AttachmentOrder } from '../../shared/deployment/attachment.ts';
import type { Measure } from '../../shared/lambda/metrics.ts';
import { driftOf, type Finding } from '../../shared/pool/drift.ts';
import type { PoolApi } from '../../shared/pool/pool-api.ts';
import { readPoolState } from '../../shared/pool/pool-state.ts';
import { NEVER } from './wish.ts';

export interface CheckDependencies {
  readonly poolApi: (poolId: string) => PoolApi;
  readonly measure: Measure;
  readonly now: () => number;
}

const countByKind = (findings: readonly Finding[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...Map.groupBy(findings, ({ kind }) => kind)].map(([kind, found]) => [kind, found.length]),
  );

export interface Checked {
  readonly findings: number;
  /** How many of each kind. */
  readonly kinds: Readonly<Record<string, number>>;
  /** Places, client ids and properties, the first few of them. */
  readonly at: readonly string[];
}

const MAX_SHOWN = 20;

/** Measures the number of findings, also if there are none. Throws the errors of the SDK. */
export const lookForDrift = async (
  { poolApi, measure, now }: CheckDependencies,
  order: AttachmentOrder,
): Promise<Checked> => {
  const { triggers, eventVersion, reporting, codeSeconds, accept } = order;
  const state = await readPoolState(poolApi(order.userPoolId));
  const accepted = Object.fromEntries(accept.map((id) => [id, { until: NEVER }]));
  const expectation = {
    triggers,
    eventVersion,
    // Of those that are accepted, some are clients: the app has said why they may stay as they are.
    reporting: { ...accepted, ...reporting },
    codeSeconds,
    accept,
    now: now(),
  };
  const findings = driftOf(state, expectation);
  measure({ PoolDrift: findings.length });
  return {
    findings: findings.length,
    kinds: countByKind(findings),
    at: findings.slice(0, MAX_SHOWN).map(({ at }) => at),
  };
};
