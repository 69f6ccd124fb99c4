/** Runs the whole system on this machine: the synthesized template on the local engines, behind one endpoint. */
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Changes, createChanges } from './api/changes.ts';
import { createLocalApi, type Reload, type ShownOtp } from './api/routes.ts';
import { toShownOtp } from './api/shown-otp.ts';
import { throttle } from './api/throttle.ts';
import { type LoadApp, type LocalOtp, ownApp } from './app/app.ts';
import type { LeftAlone } from './app/rest/left-alone.ts';
import { type AssemblyDependencies, assembleEngines, type Engines } from './assembly.ts';
import { consoleRoute } from './console/server.ts';
import { DEMO_USER, type DemoUser, demoUserFitting } from './demo-user.ts';
import { createDeployment, type LocalDeployment } from './deployment.ts';
import { isForPages } from './engines/cognito/page-operations.ts';
import { createWellKnownRoute } from './engines/cognito/tokens/well-known.ts';
import { createDynamoDb, createTables, type DynamoDb } from './engines/dynamodb/tables.ts';
import { notesOnModules } from './engines/lambda/code/missing-modules.ts';
import { createFunctionUrls, isFunctionUrl } from './engines/lambda/function-urls.ts';
import { createInvokeRoute } from './engines/lambda/invoke-api.ts';
import { functionsOf, unpackFunctions } from './engines/lambda/local-function.ts';
import type { Metrics } from './engines/metrics/metrics.ts';
import { createSecretsManager } from './engines/secrets/secrets-manager.ts';
import type { FeedbackPublisher } from './engines/ses/feedback/feedback.ts';
import type { Inbox } from './engines/ses/inbox.ts';
import { createSendRoute } from './engines/ses/routes.ts';
import { createParameterStore } from './engines/ssm/parameter-store.ts';
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
  extends Omit<GroundOptions, 'load'>,
    Pick<AssemblyDependencies, 'startSandbox' | 'onMail' | 'onFunctionFailure'> {
  /** The folder that `cdk synth` wrote for this repository's own stack; needed unless `load` is given. */
  readonly templateFolder?: string;
  /** Reads another app in its place. */
  readonly load?: LoadApp;
  /** Whom the sign-in page offers, with a longer password if a pool asks for it; false for nobody. @default this repository's */
  readonly demoUser?: DemoUser | false;
  /** The faults that are on from the start. */
  readonly faults?: Partial<Faults>;
  /** Takes the app over at a request. @default it cannot be taken over */
  readonly reload?: Reload;
  /** Takes a sentence about each pool elsewhere that was attached, detached or found missing. */
  readonly onAttachment?: (text: string) => void;
  /** Whether the system starts although a pool could not be attached. @default false: the start ends with the reason */
  readonly startsUnattached?: boolean;
  /** Lets single requests fail, in addition to the faults. */
  readonly disturb?: Disturb;
  readonly onCall?: (call: EndpointCall) => void;
}

export interface System {
  readonly url: string;
  /** Those of the first `EmailOtp`. */
  readonly outputs: Template['outputs'];
  readonly otps: readonly LocalOtp[];
  readonly leftAlone: readonly LeftAlone[];
  readonly notes: readonly string[];
  /** The ids of pools that no template has and nobody has made here yet. */
  absentPools(): Promise<readonly string[]>;
  readonly region: string;
  readonly clock: Clock;
  readonly inbox: Inbox;
  readonly faults: FaultSwitches;
  readonly metrics: Metrics;
  /** The feedback of SES for the mails that it accepted. */
  readonly feedback: Pick<FeedbackPublisher, 'pending' | 'settled'>;
  /** Whom the sign-in page offers. */
  readonly demoUser: DemoUser | false;
  /** Says to those who wait for it that the start is over, and offers the demo user no longer if there is `nobody`. */
  announceReady(nobody?: 'nobody'): void;
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
  readonly deployment: LocalDeployment;
  readonly dynamoDb: DynamoDb;
  readonly otps: readonly ShownOtp[];
  readonly demoUser: DemoUser | false;
  readonly offersDemoUser: () => boolean;
  readonly ready: () => boolean;
  readonly reload: Reload | undefined;
}

const routesOf = (parts: Parts): readonly Route[] => {
  const { ground, faults, changes, engines, deployment, otps, demoUser, offersDemoUser, ready, reload } =
    parts;
  const { template, clock, wait } = ground;
  const { lambda, userPools, stepFunctions, sesService, machines, metrics } = engines;
  const { ses, inbox, suppressionRoute } = sesService;
  return [
    createFunctionUrls({ template, clock, invoke: lambda.invokeAs }),
    createInvokeRoute(lambda.invokeApi),
    createWellKnownRoute(userPools.wellKnown),
    createSendRoute(disturbSes(ses, { faults, crash: lambda.crash, wait })),
    suppressionRoute,
    deployment.route,
    createLocalApi({
      ready,
      reload,
      region: template.region,
      otps,
      demoUser: () => offersDemoUser() && demoUser,
      inbox,
      machines,
      executions: stepFunctions.executions,
      faults,
      clock,
      metrics,
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

const makesPool = ({ operation, status }: EndpointCall): boolean =>
  operation === 'AWSCognitoIdentityProviderService.CreateUserPool' && status === 200;

const servicesOf = (parts: Parts, { disturb, onCall }: SystemOptions): EndpointServices => {
  const { ground, faults, changes, engines, deployment, dynamoDb } = parts;
  const { template, state, clock } = ground;
  const announceChallenge = throttle(() => changes.announce({ kind: 'challenge' }), CHALLENGES_ANNOUNCED_MS);
  const disturbTable = disturbDynamoDb(faults);
  const logCall = createCallLog(join(ground.folder, 'logs'), clock);
  return {
    json: {
      AWSCognitoIdentityProviderService: engines.userPools.operations,
      AWSStepFunctions: disturbStepFunctions(engines.stepFunctions.operations, faults),
      AmazonSQS: engines.sqs.operations,
      AmazonSSM: createParameterStore({
        parameters: template.ofType('AWS::SSM::Parameter'),
        state,
        clock,
        region: template.region,
        accountId: template.accountId,
      }),
      secretsmanager: createSecretsManager(template.ofType('AWS::SecretsManager::Secret'), state, clock),
    },
    raw: { DynamoDB_20120810: dynamoDb.handle },
    routes: routesOf(parts),
    isForPages,
    isPublic: isFunctionUrl,
    disturb: (incoming) => disturbTable(incoming) ?? disturb?.(incoming),
    onCall: (call) => {
      logCall(call);
      onCall?.(call);
      if (writesFact(call)) announceChallenge();
      if (makesPool(call)) deployment.attachments.lookAgain();
    },
  };
};

const systemOf = (
  { ground, faults, engines, deployment, dynamoDb, demoUser }: Parts,
  announceReady: System['announceReady'],
): System => {
  const { app, endpoint, template, clock, state } = ground;
  const { lambda, eventBus, stepFunctions, sesService, metrics } = engines;
  const { inbox, feedback } = sesService;
  return {
    url: endpoint.url,
    outputs: template.outputs,
    otps: app.otps,
    leftAlone: app.leftAlone,
    notes: [...app.notes, ...notesOnModules(functionsOf(template))],
    absentPools: () => deployment.absent(app.otps.map(({ outputs }) => outputs.UserPoolId ?? '')),
    region: template.region,
    clock,
    inbox,
    faults,
    metrics,
    feedback,
    demoUser,
    announceReady,
    idle: () => stepFunctions.idle(),
    settled: async () => {
      await stepFunctions.idle();
      await feedback.settled();
      await lambda.settled();
      await deployment.attachments.settled();
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

interface Started {
  readonly system: System;
  readonly deployment: LocalDeployment;
}

const startOn = async (ground: Ground, options: SystemOptions): Promise<Started> => {
  const { folder, demoUser: wanted = DEMO_USER, reload, startSandbox, onMail, onFunctionFailure } = options;
  const { endpoint, template, clock } = ground;
  const demoUser = wanted && demoUserFitting(wanted, template);
  unpackFunctions(template);
  const changes = createChanges();
  const faults = createFaultSwitches(options.faults);
  disturbClock(clock, faults);
  faults.onChange(() => changes.announce({ kind: 'faults' }));
  const engines = assembleEngines({
    ground,
    faults,
    changes,
    startSandbox,
    onMail,
    onFunctionFailure,
  });
  const deployment = createDeployment(ground, engines, options.onAttachment);
  const database = new DynamoDBClient(clientSettings(endpoint.url));
  const otps = ground.app.otps.map((otp) => toShownOtp(database, otp));
  const dynamoDb = createDynamoDb(join(folder, 'state', 'dynamodb'));
  let [isReady, offersDemoUser] = [false, true];
  const parts: Parts = {
    ground,
    faults,
    changes,
    engines,
    deployment,
    dynamoDb,
    otps,
    demoUser,
    offersDemoUser: () => offersDemoUser,
    ready: () => isReady && reload?.isUnderWay() !== true,
    reload,
  };
  endpoint.mount(servicesOf(parts, options));
  try {
    await createTables(database, [
      ...template.ofType('AWS::DynamoDB::GlobalTable'),
      ...template.ofType('AWS::DynamoDB::Table'),
    ]);
  } catch (error) {
    await dynamoDb.close();
    throw error;
  }
  await engines.stepFunctions.resume();
  engines.lambda.resume();
  engines.eventBus.startSchedules();
  const system = systemOf(parts, (nobody) => {
    offersDemoUser = nobody === undefined;
    isReady = true;
  });
  return { system, deployment };
};

/** Closes the ground if the engines do not start on it. */
const startEngines = async (ground: Ground, options: SystemOptions): Promise<Started> => {
  try {
    return await startOn(ground, options);
  } catch (error) {
    ground.stopWaiting();
    await ground.endpoint.close();
    ground.state.close();
    throw error;
  }
};

/** Throws `CommandError` for an app that cannot be run, or not be attached to its pool. Nothing of it is left then. */
export const startSystem = async (options: SystemOptions): Promise<System> => {
  const { templateFolder = '', load = ownApp(templateFolder, STACK_NAME), startsUnattached } = options;
  const { system, deployment } = await startEngines(await openGround({ ...options, load }), options);
  try {
    await deployment.attachments.carryOut();
  } catch (error) {
    if (!startsUnattached) {
      await system.close();
      throw error;
    }
    options.onAttachment?.((error as Error).message);
  }
  return system;
};
