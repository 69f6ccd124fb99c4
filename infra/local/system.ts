/** The whole system on this machine: the synthesized template on the local engines, behind one endpoint. */
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Clock, createClock } from './clock.ts';
import { createUserPools, type UserPools } from './cognito/user-pool.ts';
import { consoleRoute } from './console/routes.ts';
import { createDynamoDb, createTables } from './dynamodb/tables.ts';
import { type Call, createEndpoint, type Route } from './endpoint.ts';
import { driveClock } from './faults/clock.ts';
import { duplicateExecutions } from './faults/duplicate-executions.ts';
import { createFaultSwitches, type FaultSwitches } from './faults/fault-switches.ts';
import type { Faults } from './faults/faults.ts';
import { createFaultySes } from './faults/faulty-ses.ts';
import { loseTriggerAnswers } from './faults/lost-trigger-answers.ts';
import { createLambda, type Lambda } from './lambda/lambda.ts';
import { createChanges } from './local-api/changes.ts';
import { createLocalApi } from './local-api/routes.ts';
import { createSecretsManager } from './secrets/secrets-manager.ts';
import { createInbox, type Inbox, type InboxMail } from './ses/inbox.ts';
import { createSesRoutes } from './ses/routes.ts';
import { createSes } from './ses/send-email.ts';
import { functionsOf, machinesOf, poolsOf } from './stack-parts.ts';
import { openState } from './state.ts';
import { createServiceCaller } from './step-functions/service-caller.ts';
import { createStepFunctions } from './step-functions/step-functions.ts';
import { ACCOUNT_ID, loadTemplate, REGION, type Template } from './template.ts';

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
  readonly onMail?: (mail: InboxMail) => void;
  readonly onCall?: (call: Call) => void;
}

export interface System {
  readonly url: string;
  readonly outputs: Template['outputs'];
  readonly clock: Clock;
  readonly inbox: Inbox;
  readonly faults: FaultSwitches;
  /** Resolves when no execution is in flight. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** What any AWS client needs to talk to the endpoint. */
export const clientSettings = (endpoint: string, accessKeyId = 'local') => ({
  endpoint,
  region: REGION,
  credentials: { accessKeyId, secretAccessKey: 'local' },
});

const functionEnvironment = (url: string) => ({ AWS_ENDPOINT_URL: url, AWS_REGION: REGION });

export const startSystem = async (options: SystemOptions): Promise<System> => {
  const { folder, onMail = () => {}, onCall } = options;
  const template = loadTemplate(options.templateFolder, STACK_NAME);
  const endpoint = await createEndpoint(options.port);
  const clock = createClock();
  const state = openState(join(folder, 'state'));
  const changes = createChanges();
  const faults = createFaultSwitches(options.faults);
  driveClock(clock, faults);
  faults.onChange(() => changes.announce({ kind: 'faults' }));
  const dynamoDb = createDynamoDb(join(folder, 'state', 'dynamodb'));

  const lambda = createLambda({
    functions: functionsOf(template),
    clock,
    logFolder: join(folder, 'logs'),
    environment: functionEnvironment(endpoint.url),
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
    onExecution: (executionArn) => changes.announce({ kind: 'execution', executionArn }),
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
  const inbox = createInbox(state, clock, (mail) => {
    onMail(mail);
    changes.announce({ kind: 'mail', messageId: mail.messageId });
  });
  const closing = new AbortController();
  const ses = createFaultySes({
    ses: createSes(
      template.ofType('AWS::SES::EmailIdentity'),
      template.ofType('AWS::SES::ConfigurationSet'),
      inbox,
    ),
    faults,
    clock,
    crash: lambda.crash,
    closing: closing.signal,
  });
  endpoint.mount({
    json: {
      AWSCognitoIdentityProviderService: cognito.operations,
      AWSStepFunctions: {
        ...stepFunctions.operations,
        StartExecution: duplicateExecutions(stepFunctions.operations.StartExecution, faults),
      },
      secretsmanager: createSecretsManager(template.ofType('AWS::SecretsManager::Secret'), state, clock),
    },
    raw: { DynamoDB_20120810: dynamoDb.handle },
    routes: [
      invokeRoute(lambda),
      wellKnownRoute(cognito),
      ...createSesRoutes(ses, inbox),
      createLocalApi({ outputs: template.outputs, machines, executions, faults, clock, changes }),
      consoleRoute,
    ],
    ...(onCall && { onCall }),
  });
  await createTables(
    new DynamoDBClient(clientSettings(endpoint.url)),
    template.ofType('AWS::DynamoDB::GlobalTable'),
  );
  await stepFunctions.resume();

  return {
    url: endpoint.url,
    outputs: template.outputs,
    clock,
    inbox,
    faults,
    idle: () => stepFunctions.idle(),
    close: async () => {
      closing.abort();
      await stepFunctions.close();
      await lambda.close();
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
