/** Event target: writes what SES reports of a mail into the trail of its challenge. And the function behind "this was not me". */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { withBoundary } from '../../shared/lambda/boundary.ts';
import { readConfig } from '../../shared/lambda/config.ts';
import { createMeasure } from '../../shared/lambda/metrics.ts';
import { BACKGROUND_CLIENT } from '../../shared/lambda/sdk-client.ts';
import { envSchema } from './config.ts';
import { createRecordReport } from './feedback-store.ts';
import { COMPONENT } from './read-report.ts';
import { type Dependencies, recordFeedback } from './record-feedback.ts';
import type { UrlReply } from './report/answer.ts';
import type { UrlEvent } from './report/read-request.ts';

/** Behind a function URL: the link "this was not me" of a mail. Its code is a file of its own, which feedback does not load. */
export const reportHandler = async (event: UrlEvent, context: Context): Promise<UrlReply> =>
  (await import('./report/handler.ts')).handler(event, context);

const environment = { ...process.env };

/** Checked at the first call, because the function of `reportHandler` loads this file too, with another environment. */
const open = (): Dependencies => {
  const config = readConfig(envSchema, environment);
  return {
    recordReport: createRecordReport(new DynamoDBClient(BACKGROUND_CLIENT), config.tableName),
    measure: createMeasure(COMPONENT, config.metricsNamespace),
    configurationSet: config.configurationSet,
  };
};
let opened: Dependencies | undefined;

export const handler = withBoundary(COMPONENT, async (event: unknown) => {
  opened ??= open();
  const outcome = await recordFeedback(opened, event);

  const { kind } = outcome;
  if (kind === 'foreign') return { result: undefined, report: { outcome: kind } };
  const { challengeId, report, fact } = outcome.feedback;
  const messageId = String(fact.messageId);
  const mail =
    'notice' in outcome.feedback
      ? { notice: outcome.feedback.notice }
      : { delivery: outcome.feedback.delivery };
  return { result: undefined, report: { outcome: kind, fact: report, challengeId, ...mail, messageId } };
});
