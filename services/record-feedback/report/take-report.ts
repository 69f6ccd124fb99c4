/** Decides what a report "this was not me" does, by how far the sign-in has come. */
import { createdAt, type Fact, type ReportKind, reportKindOf } from '../../../shared/domain/challenge.ts';
import { DAY_SECONDS, type Limits } from '../../../shared/domain/limits.ts';
import type { Measure } from '../../../shared/lambda/metrics.ts';
import type { ReportLink } from '../../../shared/report/report-link.ts';
import { hashReportToken } from '../../../shared/report/report-token.ts';
import type { ReportStore } from './report-store.ts';

export interface Dependencies {
  readonly reports: ReportStore;
  readonly measure: Measure;
  readonly now: () => number;
  readonly limits: Pick<Limits, 'reportLock'>;
}

/** `refused`: no mail was sent with this link, or it is older than a day. */
export type ReportOutcome =
  | { readonly kind: ReportKind | 'known'; readonly challengeId: string; readonly delivery: number }
  | { readonly kind: 'refused' };

export const COMPONENT = 'take-report';

/**
 * Records a report. The first write ends the challenge, or keeps its tokens back; the second blocks the user. If a crash comes between
 * them, the code is dead and the user is not blocked; reporting again does what is missing, because the block is counted from
 * the time of the stored fact.
 */
export const takeReport = async (
  { reports, measure, now, limits }: Dependencies,
  { token, ...ref }: ReportLink,
  requestId: string,
): Promise<ReportOutcome> => {
  const time = now();
  if (time - createdAt(ref.challengeId) >= DAY_SECONDS * 1000) return { kind: 'refused' };
  const fact: Fact = {
    at: new Date(time).toISOString(),
    by: COMPONENT,
    request: requestId,
    delivery: ref.delivery,
  };
  const challenge = await reports.report({ ...ref, hash: hashReportToken(token), fact });
  if (challenge === undefined) return { kind: 'refused' };

  const kind = reportKindOf(challenge);
  const stored = challenge.events[kind === 'revoked' ? 'REVOKED' : 'REPORTED'] ?? fact;
  const isFirst = stored.request === requestId;
  // Before the second write, because a report that comes again after a crash is none that counts.
  if (isFirst) measure({ ReportReceived: 1 }, { kind });
  const at = Date.parse(stored.at);
  if (at < challenge.expiresAt) {
    if (limits.reportLock > 0) await reports.block({ ...ref, at, until: at + limits.reportLock * 1000 });
    else await reports.withdraw(ref);
  }
  return { kind: isFirst ? kind : 'known', challengeId: ref.challengeId, delivery: ref.delivery };
};
