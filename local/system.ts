/** Runs the whole system on this machine: the synthesized template on the local engines, behind one endpoint. */
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTrail, type Trail } from '../shared/table/trail.ts';
import { type Changes, createChanges } from './api/changes.ts';
import { createLocalApi } from './api/routes.ts';
import { throttle } from './api/throttle.ts';
import { type AssemblyDependencies, assembleEngines, type Engines } from './assembly.ts';
import { consoleRoute } from './console/server.ts';
import { isForPages } from './engines/cognito/page-operations.ts';
import { createWellKnownRoute } from './engines/cognito/tokens/well-known.ts';
import { createDynamoDb, createTables, type DynamoDb } from './engines/dynamodb/tables.ts';
import { createInvokeRoute } from './engines/lambda/invoke-api.ts';
import { dashboardOf } from './engines/metrics/dashboard.ts';
import type { Metrics } from './engines/metrics/metrics.ts';
import { createSecretsManager } from './engines/secrets/secrets-manager.ts';
import type { FeedbackPublisher } from './engines/ses/feedback/feedback.ts';
import type { Inbox } from './engines/ses/inbox.ts';
import { createSendRoute } from './engines/ses/routes.ts';
import { createFaultSwitches, type FaultSwitches } from './faults/fault-switches.ts';
import type { Faults } from './faults/fault-table.ts';
import { disturbClock } from './faults/faulty-clock.ts';
import { disturbDynamoDb } from './faults/faulty-dynamodb.ts';
import { disturbSes } from './faults/faulty-ses.ts';
import { disturbStepFunctions } from './faults/faulty-step-functions.ts';
import { createCallLog } from './ground/call-log.ts';
import type { Clock } from './ground/clock.ts';
import type { Disturb, EndpointCall, EndpointServices, Route } from './ground/endpoint.ts';
import { type Ground, type GroundOptions, openGround } from './ground/ground.ts';
import { REGION, type Template } from './ground/template.ts';

export const STACK_NAME = 'EmailOtp';

export interface SystemOptions
  extends Omit<GroundOptions, 'stackName'>,
    Pick<AssemblyDependencies, 'startSandbox' | 'onMail'> {
  /** The faults that are on from the start. */
  readonly faults?: Partial<Faults>;
  /** Lets single requests fail, in addition to the faults. */
  readonly disturb?: Disturb;
  readonly onCall?: (call: EndpointCall) => void;
}

export interface System {
  readonly url: string;
  readonly outputs: Template['outputs'];
  readonly clock: Clock;
  readonly inbox: Inbox;
  readonly faults: FaultSwitches;
  readonly metrics: Metrics;
  /** The feedback of SES for the mails that it accepted. */
  readonly feedback: Pick<FeedbackPublisher, 'pending' | 'settled'>;
  /** Resolves when no execution is in flight. */
  idle(): Promise<void>;
  /** Resolves when no execution, no feedback of SES and no asynchronous invocation is in flight. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Returns the settings with which an AWS client talks to the endpoint. */
export const clientSettings = (endpoint: string, accessKeyId = 'local') => ({
  endpoint,
  region: REGION,
  credentials: { accessKeyId, secretAccessKey: 'local' },
});

/** Everything that the endpoint serves. */
interface Parts {
  readonly ground: Ground;
  readonly faults: FaultSwitches;
  readonly changes: Changes;
  readonly engines: Engines;
  readonly dynamoDb: DynamoDb;
  readonly trail: Trail;
}

const routesOf = ({ ground, faults, changes, engines, trail }: Parts): readonly Route[] => {
  const { template, clock, wait } = ground;
  const { lambda, userPools, stepFunctions, sesService, machines, metrics } = engines;
  const { ses, inbox, suppressionRoute } = sesService;
  return [
    createInvokeRoute(lambda.invokeApi),
    createWellKnownRoute(userPools.wellKnown),
    createSendRoute(disturbSes(ses, { faults, crash: lambda.crash, wait })),
    suppressionRoute,
    createLocalApi({
      outputs: template.outputs,
      inbox,
      machines,
      executions: stepFunctions.executions,
      trail,
      faults,
      clock,
      metrics,
      dashboard: dashboardOf(template),
      changes,
    }),
    consoleRoute,
  ];
};

/** Changes of challenges are announced to pages at most once in this time. */
const CHALLENGES_ANNOUNCED_MS = 300;

/** True for the one operation that writes the facts of a trail. */
const writesFact = ({ operation, status }: EndpointCall): boolean =>
  operation === 'DynamoDB_20120810.UpdateItem' && status === 200;

const servicesOf = (parts: Parts, { disturb, onCall }: SystemOptions): EndpointServices => {
  const { ground, faults, changes, engines, dynamoDb } = parts;
  const { template, state, clock } = ground;
  const announceChallenge = throttle(() => changes.announce({ kind: 'challenge' }), CHALLENGES_ANNOUNCED_MS);
  const disturbTable = disturbDynamoDb(faults);
  const logCall = createCallLog(join(ground.folder, 'logs'), clock);
  return {
    json: {
      AWSCognitoIdentityProviderService: engines.userPools.operations,
      AWSStepFunctions: disturbStepFunctions(engines.stepFunctions.operations, faults),
      AmazonSQS: engines.sqs.operations,
      secretsmanager: createSecretsManager(template.ofType('AWS::SecretsManager::Secret'), state, clock),
    },
    raw: { DynamoDB_20120810: dynamoDb.handle },
    routes: routesOf(parts),
    isForPages,
    disturb: (incoming) => disturbTable(incoming) ?? disturb?.(incoming),
    onCall: (call) => {
      logCall(call);
      onCall?.(call);
      if (writesFact(call)) announceChallenge();
    },
  };
};

const systemOf = ({ ground, faults, engines, dynamoDb }: Parts): System => {
  const { endpoint, template, clock, state } = ground;
  const { lambda, eventBus, stepFunctions, sesService, metrics } = engines;
  const { inbox, feedback } = sesService;
  return {
    url: endpoint.url,
    outputs: template.outputs,
    clock,
    inbox,
    faults,
    metrics,
    feedback,
    idle: () => stepFunctions.idle(),
    settled: async () => {
      await stepFunctions.idle();
      await feedback.settled();
      await lambda.settled();
    },
    close: async () => {
      ground.stopWaiting();
      await stepFunctions.close();
      await Promise.all([eventBus.close(), lambda.close()]); // Schedules start invocations, so both close together.
      await endpoint.close();
      await dynamoDb.close();
      state.close();
    },
  };
};

export const startSystem = async (options: SystemOptions): Promise<System> => {
  const { folder, startSandbox, onMail } = options;
  const ground = await openGround({ ...options, stackName: STACK_NAME });
  const { endpoint, template, clock } = ground;
  const changes = createChanges();
  const faults = createFaultSwitches(options.faults);
  disturbClock(clock, faults);
  faults.onChange(() => changes.announce({ kind: 'faults' }));
  const engines = assembleEngines({ ground, faults, changes, startSandbox, onMail });
  const database = new DynamoDBClient(clientSettings(endpoint.url));
  const dynamoDb = createDynamoDb(join(folder, 'state', 'dynamodb'));
  const trail = createTrail(database, template.outputs.TableName ?? '');
  const parts = { ground, faults, changes, engines, dynamoDb, trail };
  endpoint.mount(servicesOf(parts, options));
  await createTables(database, template.ofType('AWS::DynamoDB::GlobalTable'));
  await engines.stepFunctions.resume();
  engines.lambda.resume();
  engines.eventBus.startSchedules();
  return systemOf(parts);
};
