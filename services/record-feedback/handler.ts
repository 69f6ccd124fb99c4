/** Event target: writes what SES reports of a mail into the trail of its challenge. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { withBoundary } from '../../shared/lambda/boundary.ts';
import { readConfig } from '../../shared/lambda/config.ts';
import { createMeasure } from '../../shared/lambda/metrics.ts';
import { BACKGROUND_CLIENT } from '../../shared/lambda/sdk-client.ts';
import { envSchema } from './config.ts';
import { createRecordReport } from './feedback-store.ts';
import { COMPONENT } from './read-feedback.ts';
import { type Dependencies, recordFeedback } from './record-feedback.ts';

const config = readConfig(envSchema, process.env);
const dependencies: Dependencies = {
  recordReport: createRecordReport(new DynamoDBClient(BACKGROUND_CLIENT), config.tableName),
  measure: createMeasure(COMPONENT, config.metricsNamespace),
  configurationSet: config.configurationSet,
};

export const handler = withBoundary(COMPONENT, async (event: unknown) => {
  const outcome = await recordFeedback(dependencies, event);

  const { kind } = outcome;
  if (kind === 'foreign') return { result: undefined, report: { outcome: kind } };
  const { challengeId, delivery, report, fact } = outcome.feedback;
  const messageId = String(fact.messageId);
  return { result: undefined, report: { outcome: kind, fact: report, challengeId, delivery, messageId } };
});
