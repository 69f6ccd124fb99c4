/** Compares the metrics with the trail: each fact is counted once, however often its step was repeated. */
import type { Metrics } from '../../../../local/engines/metrics/metrics.ts';
import type { MetricName } from '../../../../shared/lambda/metric-names.ts';
import { countFacts, type FinalState } from './final-state.ts';

interface Counted {
  readonly name: MetricName;
  /** The function whose write it is. */
  readonly service: string;
}

/** The metrics by kind of fact. Those of the sweep are missing: it closes challenges of all rounds and cases together. */
const METRICS: Readonly<Record<string, Counted>> = {
  REQUESTED: { name: 'ChallengeRequested', service: 'create-auth-challenge' },
  RESEND_REQUESTED: { name: 'ResendRequested', service: 'create-auth-challenge' },
  REUSED: { name: 'ChallengeReused', service: 'create-auth-challenge' },
  DELIVERED: { name: 'MailDelivered', service: 'record-feedback' },
  DELAYED: { name: 'MailDelayed', service: 'record-feedback' },
  BOUNCED: { name: 'MailBounced', service: 'record-feedback' },
  SUPPRESSED: { name: 'MailSuppressed', service: 'record-feedback' },
  COMPLAINED: { name: 'MailComplained', service: 'record-feedback' },
  REJECTED: { name: 'MailRejected', service: 'record-feedback' },
  attempt: { name: 'AnswerWrong', service: 'verify-auth-challenge' },
  VERIFIED: { name: 'ChallengeVerified', service: 'verify-auth-challenge' },
  TOKENS_ISSUED: { name: 'TokensIssued', service: 'guard-tokens' },
};

/** By kind of fact: the sum measured so far, and how many slow calls may have counted too often or not at all. */
export type Sums = Readonly<Record<string, { readonly sum: number; readonly slow: number }>>;

export const readSums = (metrics: Metrics, slowCalls: (service: string) => number): Sums =>
  Object.fromEntries(
    Object.entries(METRICS).map(([kind, { name, service }]) => [
      kind,
      { sum: metrics.sumOf({ name, dimensions: { service } }), slow: slowCalls(service) },
    ]),
  );

const NONE = { sum: 0, slow: 0 };

/**
 * Says in words where metrics and facts differ by more than slow calls explain. `mayMiss`: processes are killed or responses
 * to writes are lost, so that a fact may have no metric.
 */
export const metricDifferences = (
  before: Sums,
  after: Sums,
  finals: readonly FinalState[],
  mayMiss: boolean,
): readonly string[] =>
  Object.entries(METRICS).flatMap(([kind, { name }]) => {
    const [was, is] = [before[kind] ?? NONE, after[kind] ?? NONE];
    const measured = is.sum - was.sum;
    const slow = is.slow - was.slow;
    const facts = finals.reduce((sum, final) => sum + countFacts(final, kind), 0);
    const agrees = measured >= (mayMiss ? 0 : facts - slow) && measured <= facts + slow;
    return agrees ? [] : [`${name} is ${measured}, with ${facts} facts ${kind}`];
  });
