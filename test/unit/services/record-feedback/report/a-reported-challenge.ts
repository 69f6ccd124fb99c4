import { expect } from 'vitest';
import { createSpendStore } from '../../../../../services/guard-tokens/spend-store.ts';
import {
  createReportStore,
  type ReportStore,
} from '../../../../../services/record-feedback/report/report-store.ts';
import { takeReport } from '../../../../../services/record-feedback/report/take-report.ts';
import { type Challenge, type ChallengeRef, createdAt } from '../../../../../shared/domain/challenge.ts';
import { LIMITS } from '../../../../../shared/domain/limits.ts';
import { NO_USER_RECORD, type UserRecord } from '../../../../../shared/domain/policy.ts';
import type { ReportLink } from '../../../../../shared/report/report-link.ts';
import { deriveReportToken, hashReportToken } from '../../../../../shared/report/report-token.ts';
import { createMeasured, type Measured } from '../../../../support/system/measured.ts';
import type { ChallengeTable } from '../../../../support/table/challenge-table.ts';
import {
  aChallengeId,
  aClaim,
  aClaimedDelivery,
  aFact,
  anAnswer,
  aRequest,
  CLIENT_ID,
  KEY,
  NOW,
  SECOND,
} from '../../../../support/table/challenges.ts';

/** The default block in milliseconds. */
export const LOCK = LIMITS.reportLock.default * 60 * SECOND;

export interface ReportedUser {
  readonly userId: string;
  readonly measured: Measured;
  readonly reports: ReportStore;
  /** Orders and mails a challenge with this number at this time. Returns the link in its mail. */
  mail(n?: number, at?: number): Promise<ReportLink>;
  /** Reports this many milliseconds after the challenge's creation. Each is a request of its own. */
  report(link: ReportLink, after?: number, reportLock?: number): ReturnType<typeof takeReport>;
  verify(ref: ChallengeRef, after?: number): Promise<Challenge | undefined>;
  /** As guard-tokens does. Whether tokens are given. */
  spend(ref: ChallengeRef, after?: number): Promise<boolean>;
  challenge(ref: ChallengeRef): Promise<Challenge>;
  record(): Promise<UserRecord>;
}

let users = 0;
let requests = 0;

/** A new user of the table. */
export const aReportedUser = (table: ChallengeTable): ReportedUser => {
  users += 1;
  const userId = `user-${users}`;
  const measured = createMeasured();
  const reports = createReportStore(table.client, table.tableName);
  const spends = createSpendStore(table.client, table.tableName);
  const user: ReportedUser = {
    ...{ userId, measured, reports },
    mail: async (n = 0, at = NOW) => {
      const ref = { userId, challengeId: aChallengeId(n, at), delivery: 1 };
      const now = at;
      const record = await table.users.readUserRecord(userId);
      const claim = aClaimedDelivery(record.version === 0 ? NO_USER_RECORD : record, { ...ref, now });
      await table.users.claimDelivery(userId, record, claim);
      await table.challenges.request(aRequest(ref));
      const token = deriveReportToken(KEY, ref);
      await table.challenges.claimLease(aClaim({ ...ref, now, reportHash: hashReportToken(token) }));
      return { ...ref, token };
    },
    report: (link, after = 20 * SECOND, reportLock = LIMITS.reportLock.default * 60) => {
      requests += 1;
      const now = () => createdAt(link.challengeId) + after;
      const deps = { reports, measure: measured.measure, now, limits: { reportLock } };
      return takeReport(deps, link, `request-${requests}`);
    },
    verify: ({ challengeId }, after = 10 * SECOND) => {
      const now = createdAt(challengeId) + after;
      const fact = aFact(now, { client: CLIENT_ID });
      return table.challenges.consume(anAnswer({ userId, challengeId, now, fact }), 'notLast');
    },
    spend: async ({ challengeId }, after = 11 * SECOND) => {
      const fact = aFact(createdAt(challengeId) + after, { client: CLIENT_ID });
      const spend = { userId, challengeId, clientId: CLIENT_ID, fact, repeatedSince: fact.at };
      return (await spends.spend(spend)) !== undefined;
    },
    challenge: async (ref) => (await table.challenges.read(ref)) ?? expect.unreachable('it is gone'),
    record: () => table.users.readUserRecord(userId),
  };
  return user;
};
