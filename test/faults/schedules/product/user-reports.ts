/** A report "this was not me" as an operation: what the function behind the link does, without Lambda around it. */
import { createReportStore } from '../../../../services/record-feedback/report/report-store.ts';
import { takeReport } from '../../../../services/record-feedback/report/take-report.ts';
import { keyFor, parseKeyring } from '../../../../shared/domain/keyring.ts';
import { TRIGGER_CLIENT } from '../../../../shared/lambda/sdk-client.ts';
import { deriveReportToken } from '../../../../shared/report/report-token.ts';
import { USER_ID } from '../../../support/table/challenges.ts';
import type { Operation } from '../engine/operation.ts';
import { SECRETS } from '../engine/world.ts';
import { type Handed, LIMITS } from './operations.ts';
import { clientOf } from './sdk-clients.ts';
import { TABLE_NAME } from './workflow.ts';

/** One call of the function, with the link of this mail. */
export const aUserReport = (name: string, handed: Handed): Operation => ({
  name,
  run: async (caller) => {
    const reports = createReportStore(clientOf(caller, 'DynamoDB', TRIGGER_CLIENT), TABLE_NAME);
    const ref = { userId: USER_ID, ...handed };
    const token = deriveReportToken(keyFor(parseKeyring(SECRETS['code-key']), handed.challengeId), ref);
    const deps = { reports, measure: () => {}, now: caller.now, limits: LIMITS };
    const { kind } = await takeReport(deps, { ...ref, token }, name);
    return { notMe: kind };
  },
});
