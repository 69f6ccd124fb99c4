/** Scheduled each minute: closes the challenges that are past their time. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { withBoundary } from '../../shared/lambda/boundary.ts';
import { readConfig } from '../../shared/lambda/config.ts';
import { createMeasure } from '../../shared/lambda/metrics.ts';
import { BACKGROUND_CLIENT } from '../../shared/lambda/sdk-client.ts';
import { envSchema } from './config.ts';
import { createOpenChallenges } from './open-challenges.ts';
import { COMPONENT, type Dependencies, sweep } from './sweep.ts';

const config = readConfig(envSchema, process.env);
const dependencies: Dependencies = {
  challenges: createOpenChallenges(new DynamoDBClient(BACKGROUND_CLIENT), config.tableName),
  measure: createMeasure(COMPONENT, config.metricsNamespace),
  now: Date.now,
  maxAttempts: config.maxAttempts,
};

export const handler = withBoundary(COMPONENT, async (_event: unknown, context) => {
  const timeLeft = () => context.getRemainingTimeInMillis();

  const { closed, readUnits, unfinished } = await sweep(dependencies, {
    requestId: context.awsRequestId,
    timeLeft,
  });

  return {
    result: undefined,
    report: { outcome: unfinished ? 'unfinished' : 'swept', ...closed, readUnits },
  };
});
