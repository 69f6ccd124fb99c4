/** CloudFormation's custom resource: sets the triggers of a pool that the stack does not make. And the pool's check, on a schedule. */
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { Context } from 'aws-lambda';
import { readAttachment } from '../../shared/deployment/attachment.ts';
import { withBoundary } from '../../shared/lambda/boundary.ts';
import { readConfig } from '../../shared/lambda/config.ts';
import { createMeasure } from '../../shared/lambda/metrics.ts';
import { ReportedError } from '../../shared/lambda/reported-error.ts';
import { PATIENT_CLIENT } from '../../shared/lambda/sdk-client.ts';
import { createPoolApi } from '../../shared/pool/cognito-pool.ts';
import { createClientRecords } from '../../shared/table/client-records.ts';
import { answering, explaining } from './answering.ts';
import { COMPONENT, carryOut, type Dependencies, type DeploymentEvent } from './carry-out.ts';
import { lookForDrift } from './check.ts';
import { envSchema } from './config.ts';
import { untilPermitted } from './patience.ts';
import { createUndoParameter } from './undo-parameter.ts';

const cognito = new CognitoIdentityProviderClient(PATIENT_CLIENT);
const poolApi = (poolId: string) => createPoolApi(cognito, poolId);

const missing = (name: string) => new ReportedError('ConfigurationError', `${name} is not set`);

const environment = { ...process.env };

/** Read at each call, so that CloudFormation gets an answer even if something is missing. */
const dependencies = (): Dependencies => {
  const { tableName, undoParameter } = readConfig(envSchema, environment);
  if (tableName === undefined) throw missing('TABLE_NAME');
  if (undoParameter === undefined) throw missing('UNDO_PARAMETER');
  return {
    poolApi,
    undo: createUndoParameter(new SSMClient(PATIENT_CLIENT), undoParameter),
    taint: createClientRecords(new DynamoDBClient(PATIENT_CLIENT), tableName).taint,
    region: environment.AWS_REGION ?? '',
    now: Date.now,
  };
};

export const handler = answering(
  withBoundary(COMPONENT, async (event: DeploymentEvent) => {
    const done = await explaining(() => untilPermitted(() => carryOut(dependencies(), event)));
    return { result: undefined, report: { request: event.RequestType, ...done } };
  }),
);

export const checkHandler = withBoundary(COMPONENT, async (_event: unknown, _context: Context) => {
  // Lambda counts a failure at the start of its run, and the alarm adds up what has the same time.
  const started = new Date();
  const { attachment, metricsNamespace } = readConfig(envSchema, environment);
  if (attachment === undefined) throw missing('ATTACHMENT');
  const measure = createMeasure(COMPONENT, metricsNamespace, started);
  const order = readAttachment(JSON.parse(attachment));
  const { findings, kinds, at } = await lookForDrift({ poolApi, measure, now: Date.now }, order);
  const outcome = findings === 0 ? 'asAttached' : 'drifted';
  return { result: undefined, report: { outcome, findings, ...kinds, at: at.join(' ') } };
});
