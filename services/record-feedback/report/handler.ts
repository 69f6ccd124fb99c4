/** Behind a function URL: the link "this was not me" of a mail. It has no key, and can only update items of users. */
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { withBoundary } from '../../../shared/lambda/boundary.ts';
import { readConfig } from '../../../shared/lambda/config.ts';
import { createMeasure } from '../../../shared/lambda/metrics.ts';
import { TRIGGER_CLIENT } from '../../../shared/lambda/sdk-client.ts';
import { REPORT_PAGE_FILE, type ReportPageSettings } from '../../../shared/report/report-page.ts';
import { reportEnvSchema } from '../config.ts';
import { answerRequest, type Dependencies } from './answer.ts';
import { createReportPage } from './page.ts';
import type { UrlEvent } from './read-request.ts';
import { createReportStore } from './report-store.ts';
import { COMPONENT } from './take-report.ts';

const config = readConfig(reportEnvSchema, process.env);
const file = new URL(`./${REPORT_PAGE_FILE}`, import.meta.url);
const settings = JSON.parse(readFileSync(file, 'utf8')) as ReportPageSettings;
const dependencies: Dependencies = {
  reports: createReportStore(new DynamoDBClient(TRIGGER_CLIENT), config.tableName),
  measure: createMeasure(COMPONENT, config.metricsNamespace),
  now: Date.now,
  limits: config,
  page: createReportPage(settings, config.reportLock),
  wait,
};

export const handler = withBoundary(COMPONENT, async (event: UrlEvent, { awsRequestId }) => {
  const { reply, outcome } = await answerRequest(dependencies, event, awsRequestId);

  const { kind, ...ids } = outcome;
  return { result: reply, report: { outcome: kind, ...ids } };
});
