/** The whole system on this machine: the synthesized template on the local engines, behind one endpoint. */
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTrail } from '../shared/table/trail.ts';
import { createChanges } from './api/changes.ts';
import { createLocalApi } from './api/routes.ts';
import { throttle } from './api/throttle.ts';
import { consoleRoute } from './console/server.ts';
import { createUserPools, type UserPools } from './engines/cognito/user-pool.ts';
import { createDynamoDb, createTables } from './engines/dynamodb/tables.ts';
import { createEventBus } from './engines/events/event-bus.ts';
import { createLambda, type Lambda } from './engines/lambda/lambda.ts';
import type { StartSandbox } from './engines/lambda/sandbox/sandbox.ts';
import { createAwsMetrics } from './engines/metrics/aws-metrics.ts';
import { createMetrics, type Metrics } from './engines/metrics/metrics.ts';
import { createSecretsManager } from './engines/secrets/secrets-manager.ts';
import type { Feedback } from './engines/ses/feedback/feedback.ts';
import type { Inbox, InboxMail } from './engines/ses/inbox.ts';
import { createSesService } from './engines/ses/ses-service.ts';
import { createSqs } from './engines/sqs/sqs.ts';
import { createServiceCaller } from './engines/step-functions/definition/service-caller.ts';
import { createStepFunctions } from './engines/step-functions/step-functions.ts';
import { driveClock } from './faults/clock.ts';
import { duplicateExecutions } from './faults/duplicate-executions.ts';
import { createFaultSwitches, type FaultSwitches } from './faults/fault-switches.ts';
import type { Faults } from './faults/faults.ts';
import { disturbDynamoDb } from './faults/faulty-dynamodb.ts';
import { loseTriggerAnswers } from './faults/lost-trigger-answers.ts';
import { type Clock, createClock } from './ground/clock.ts';
import { type Call, createEndpoint, type Disturb, type Route } from './ground/endpoint.ts';
import { openState } from './ground/state.ts';
import { ACCOUNT_ID, loadTemplate, REGION, type Template } from './ground/template.ts';
import { createWait } from './ground/wait.ts';
import { dashboardOf, eventInvokeConfigsOf, functionsOf, machinesOf, poolsOf } from './stack-parts.ts';

export const STACK_NAME = 'EmailOtp';

export interface SystemOptions {
  /** Where state and logs are kept. */
  readonly folder: string;
  /** What `cdk synth` wrote. */
  readonly templateFolder: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** What goes wrong from the start. */
  readonly faults?: Partial<Faults>;
  /** What goes wrong with single requests, besides what the faults say. */
  readonly disturb?: Disturb;
  /** @default each execution environment of a function is a process of its own */
  readonly startSandbox?: StartSandbox;
  readonly onMail?: (mail: InboxMail) => void;
  readonly onCall?: (call: Call) => void;
}

export interface System {
  readonly url: string;
  readonly outputs: Template['outputs'];
  readonly clock: Clock;
  readonly inbox: Inbox;
  readonly faults: FaultSwitches;
  readonly metrics: Metrics;
  /** What SES reports of the mails that it took. */
  readonly feedback: Pick<Feedback, 'pending' | 'settled'>;
  /** Resolves when no execution is in flight. */
  idle(): Promise<void>;
  /** As `idle`, and what the executions have set off has ended too: no feedback of SES and no asynchronous invocation is left. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** What any AWS client needs to talk to the endpoint. */
export const clientSettings = (endpoint: string, accessKeyId = 'local') => ({
  endpoint,
  region: REGION,
  credentials: { accessKeyId, secretAccessKey: 'local' },
});

const functionEnvironment = (url: string) => ({ AWS_ENDPOINT_URL: url, AWS_REGION: REGION });

/** Pages need not hear of metrics, or of challenges, more often. */
const METRICS_ANNOUNCED_MS = 1_000;
const CHALLENGES_ANNOUNCED_MS = 300;

/** Every fact of a trail is written by this operation. */
const writesFact = ({ operation, status }: Call): boolean =>
  operation === 'DynamoDB_20120810.UpdateItem' && status === 200;

export const startSystem = async (options: SystemOptions): Promise<System> => {
  const { folder, onMail = () => {}, onCall = () => {} } = options;
  const endpoint = await createEndpoint(options.port);
  const template = loadTemplate(options.templateFolder, STACK_NAME, endpoint.url);
  const clock = createClock();
  const state = openState(join(folder, 'state'));
  const changes = createChanges();
  const faults = createFaultSwitches(options.faults);
  driveClock(clock, faults);
  faults.onChange(() => changes.announce({ kind: 'faults' }));
  const dynamoDb = createDynamoDb(join(folder, 'state', 'dynamodb'));
  const closing = new AbortController();
  const wait = createWait(clock, closing.signal);
  const metrics = createMetrics({
    state,
    clock,
    onChange: throttle(() => changes.announce({ kind: 'metrics' }), METRICS_ANNOUNCED_MS),
    onProblem: console.error,
    closing: closing.signal,
  });
  const awsMetrics = createAwsMetrics(metrics.record, clock);
  const database = new DynamoDBClient(clientSettings(endpoint.url));
  const announceChallenge = throttle(() => changes.announce({ kind: 'challenge' }), CHALLENGES_ANNOUNCED_MS);

  const sqs = createSqs(template.ofType('AWS::SQS::Queue'), state, clock);
  const functions = functionsOf(template);
  const lambda = createLambda({
    functions,
    clock,
    state,
    eventInvokeConfigs: eventInvokeConfigsOf(template),
    sendMessage: sqs.send,
    logFolder: join(folder, 'logs'),
    environment: functionEnvironment(endpoint.url),
    onLine: metrics.recordLine,
    onInvocation: awsMetrics.countInvocation,
    startSandbox: options.startSandbox,
  });
  const eventBus = createEventBus({
    rules: template.ofType('AWS::Events::Rule'),
    functionArns: functions.map(({ arn }) => arn),
    clock,
    invokeAsync: lambda.invokeAsync,
    region: REGION,
    accountId: ACCOUNT_ID,
  });
  const machines = machinesOf(template);
  const stepFunctions = createStepFunctions({
    machines,
    state,
    clock,
    invoke: lambda.invoke,
    callService: createServiceCaller(endpoint.url),
    region: REGION,
    accountId: ACCOUNT_ID,
    onExecution: (execution) => {
      changes.announce({ kind: 'execution', executionArn: execution.executionArn });
      awsMetrics.countExecution(execution);
    },
  });
  const { executions } = stepFunctions;
  const cognito = createUserPools({
    pools: poolsOf(template),
    state,
    clock,
    invoke: loseTriggerAnswers(lambda.invoke, faults),
    region: REGION,
    issuerBase: () => endpoint.url,
  });
  const ses = createSesService({
    template,
    state,
    clock,
    wait,
    faults,
    crash: lambda.crash,
    putEvent: eventBus.putEvent,
    onMail: (mail) => {
      onMail(mail);
      changes.announce({ kind: 'mail', messageId: mail.messageId });
    },
  });
  const disturbTable = disturbDynamoDb(faults);
  endpoint.mount({
    json: {
      AWSCognitoIdentityProviderService: cognito.operations,
      AWSStepFunctions: {
        ...stepFunctions.operations,
        StartExecution: duplicateExecutions(stepFunctions.operations.StartExecution, faults),
      },
      AmazonSQS: sqs.operations,
      secretsmanager: createSecretsManager(template.ofType('AWS::SecretsManager::Secret'), state, clock),
    },
    raw: { DynamoDB_20120810: dynamoDb.handle },
    routes: [
      invokeRoute(lambda),
      wellKnownRoute(cognito),
      ...ses.routes,
      createLocalApi({
        outputs: template.outputs,
        machines,
        executions,
        trail: createTrail(database, template.outputs.TableName ?? ''),
        faults,
        clock,
        metrics,
        dashboard: dashboardOf(template),
        changes,
      }),
      consoleRoute,
    ],
    disturb: (incoming) => disturbTable(incoming) ?? options.disturb?.(incoming),
    onCall: (call) => {
      onCall(call);
      if (writesFact(call)) announceChallenge();
    },
  });
  await createTables(database, template.ofType('AWS::DynamoDB::GlobalTable'));
  await stepFunctions.resume();
  lambda.resume();
  eventBus.startSchedules();

  return {
    url: endpoint.url,
    outputs: template.outputs,
    clock,
    inbox: ses.inbox,
    faults,
    metrics,
    feedback: ses.feedback,
    idle: () => stepFunctions.idle(),
    settled: async () => {
      await stepFunctions.idle();
      await ses.feedback.settled();
      await lambda.settled();
    },
    close: async () => {
      closing.abort();
      await stepFunctions.close();
      await Promise.all([eventBus.close(), lambda.close()]); // The runs of schedules are invocations.
      await endpoint.close();
      await dynamoDb.close();
      state.close();
    },
  };
};

const invokeRoute =
  ({ invokeApi }: Lambda): Route =>
  ({ method, path, headers, body }) => {
    const [, name] = /^\/2015-03-31\/functions\/((?:[\w:$-]|%3A|%24)+)\/invocations$/i.exec(path) ?? [];
    if (method !== 'POST' || name === undefined) return undefined;
    return invokeApi(decodeURIComponent(name), headers['x-amz-invocation-type'], body);
  };

const wellKnownRoute =
  ({ wellKnown }: UserPools): Route =>
  async ({ method, path }) => {
    const document = method === 'GET' ? await wellKnown(path) : undefined;
    if (document === undefined) return undefined;
    return {
      status: 200,
      headers: { 'content-type': 'application/json', 'access-control-allow-origin': '*' },
      body: JSON.stringify(document),
    };
  };
