import { expect } from 'vitest';
import { createRecordReport } from '../../../../services/record-feedback/feedback-store.ts';
import {
  type Dependencies,
  type FeedbackOutcome,
  recordFeedback,
} from '../../../../services/record-feedback/record-feedback.ts';
import type { Challenge, ChallengeRef } from '../../../../shared/domain/challenge.ts';
import type { LeaseClaim } from '../../../../shared/table/challenge-store.ts';
import { type AFeedback, CONFIGURATION_SET } from '../../../support/sign-in/feedback.ts';
import { createMeasured, type Measured } from '../../../support/system/measured.ts';
import type { ChallengeTable } from '../../../support/table/challenge-table.ts';
import {
  aChallengeId,
  aClaim,
  aFact,
  aRequest,
  NOW,
  SECOND,
  USER_ID,
} from '../../../support/table/challenges.ts';

export interface MailedChallenge {
  readonly ref: ChallengeRef;
  readonly deps: Dependencies;
  readonly measured: Measured;
  /** Records a report about the challenge. */
  record(event: AFeedback): Promise<FeedbackOutcome>;
  read(): Promise<Challenge>;
  item(): Promise<Record<string, unknown> | undefined>;
}

/** The first mail was tried twice, because SES's answer to the first try was lost; the second mail once. */
const LOST_ONCE = [{ try: 'execution-1#0' }, { try: 'execution-1#1' }, { delivery: 2, try: 'execution-2#0' }];

let made = 0;

/** A new challenge with two mails after these tries. */
export const aMailedChallenge = async (
  table: ChallengeTable,
  tries: readonly Partial<LeaseClaim>[] = LOST_ONCE,
): Promise<MailedChallenge> => {
  made += 1;
  const challengeId = aChallengeId(made);
  const ref = { userId: USER_ID, challengeId };
  await table.challenges.request(aRequest(ref));
  await table.challenges.request(aRequest({ ...ref, delivery: 2, fact: aFact(NOW + 31 * SECOND) }));
  for (const [n, tried] of tries.entries()) {
    const now = NOW + (1 + 30 * n) * SECOND;
    await table.challenges.claimLease(aClaim({ ...ref, owner: `invocation-${n}`, ...tried, now }));
  }
  const measured = createMeasured();
  const recordReport = createRecordReport(table.client, table.tableName);
  const deps = { recordReport, measure: measured.measure, configurationSet: CONFIGURATION_SET };
  return {
    ...{ ref, deps, measured },
    record: (event) => recordFeedback(deps, { ...event, tags: { ...event.tags, challenge: [challengeId] } }),
    read: async () => (await table.challenges.read(ref)) ?? expect.unreachable('the challenge is gone'),
    item: () => table.challengeItem(USER_ID, challengeId),
  };
};
