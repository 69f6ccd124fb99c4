/** Scheduled each minute: closes the challenges that are past their time. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { withBoundary } from '../../shared/lambda/boundary.ts';
import { readConfig } from '../../shared/lambda/config.ts';
import { createMeasure } from '../../shared/lambda/metrics.ts';
import { BACKGROUND_CLIENT } from '../../shared/lambda/sdk-client.ts';
import { createUserStore } from '../../shared/table/user-store.ts';
import { envSchema } from './config.ts';
import { createOpenChallenges } from './open-challenges.ts';
import { COMPONENT, type Dependencies, sweep } from './sweep.ts';

const config = readConfig(envSchema, process.env);
const database = new DynamoDBClient(BACKGROUND_CLIENT);
const dependencies: Dependencies = {
  challenges: createOpenChallenges(database, config.tableName),
  giveBack: createUserStore(database, config.tableName).giveBack,
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
