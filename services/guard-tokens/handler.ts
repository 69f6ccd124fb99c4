/** Cognito trigger (pre token generation): no tokens without a code that was given in this sign-in. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { withBoundary } from '../../shared/lambda/boundary.ts';
import { readConfig } from '../../shared/lambda/config.ts';
import { createMeasure } from '../../shared/lambda/metrics.ts';
import { TRIGGER_CLIENT } from '../../shared/lambda/sdk-client.ts';
import { userIdIn } from '../../shared/messages/cognito-session.ts';
import { createClientRecords } from '../../shared/table/client-records.ts';
import { admit, type Dependencies } from './admission.ts';
import { writeResponse } from './claims-override.ts';
import { CLEAN_BOOK, createClientBook } from './client-book.ts';
import { envSchema } from './config.ts';
import { COMPONENT } from './guard-tokens.ts';
import { createSpendStore } from './spend-store.ts';
import type { TokenEvent } from './token-event.ts';

const config = readConfig(envSchema, process.env);
const { tableName, reportingClients, tracksClients } = config;
const dynamo = new DynamoDBClient(TRIGGER_CLIENT);
const dependencies: Dependencies = {
  spends: createSpendStore(dynamo, tableName),
  clients:
    tracksClients || reportingClients
      ? createClientBook(createClientRecords(dynamo, tableName), reportingClients)
      : CLEAN_BOOK,
  measure: createMeasure(COMPONENT, config.metricsNamespace),
  now: Date.now,
};
// Without such a function, the SDK's client for it is not even read.
const preTokenFunction =
  config.preTokenFunctionArn === undefined
    ? undefined
    : (await import('./pre-token-function.ts')).createPreTokenFunction(config.preTokenFunctionArn);

export const handler = withBoundary(
  COMPONENT,
  async (event: TokenEvent, context) => {
    const { claim, report } = await admit(dependencies, event, context.awsRequestId);
    const response = preTokenFunction
      ? await preTokenFunction(event, context.getRemainingTimeInMillis())
      : event.response;
    return { result: writeResponse(event, response, claim), report };
  },
  userIdIn,
);
