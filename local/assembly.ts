/** Connects the engines: gives each one its part of the template, the engines that it calls, and the faults between them. */
import { join } from 'node:path';
import type { Changes } from './api/changes.ts';
import { throttle } from './api/throttle.ts';
import { functionsToTakeBack } from './engines/cloudformation/deployed.ts';
import { poolsOf } from './engines/cognito/pool.ts';
import { watchAnswers } from './engines/cognito/sign-in/unusable-answers.ts';
import { createUserPools, type UserPools } from './engines/cognito/user-pool.ts';
import { createEventBus, type EventBus } from './engines/events/event-bus.ts';
import { eventInvokeConfigsOf } from './engines/lambda/event-invoke-config.ts';
import { describeFailure, describeUnusable } from './engines/lambda/failure-line.ts';
import { createLambda, type Lambda } from './engines/lambda/lambda.ts';
import { functionsOf } from './engines/lambda/local-function.ts';
import type { StartSandbox } from './engines/lambda/sandbox/sandbox.ts';
import { type AwsMetrics, createAwsMetrics } from './engines/metrics/aws-metrics.ts';
import { createMetrics, type Metrics } from './engines/metrics/metrics.ts';
import type { InboxMail } from './engines/ses/inbox.ts';
import { createSesService, type SesService } from './engines/ses/ses-service.ts';
import { createSqs, type Sqs } from './engines/sqs/sqs.ts';
import { type MachineDefinition, machinesOf } from './engines/step-functions/definition/machine.ts';
import { createServiceCaller } from './engines/step-functions/definition/service-caller.ts';
import { createStepFunctions, type StepFunctions } from './engines/step-functions/step-functions.ts';
import type { FaultSwitches } from './faults/fault-switches.ts';
import { disturbFeedback } from './faults/faulty-feedback.ts';
import { disturbTasks } from './faults/faulty-step-functions.ts';
import { disturbTriggers } from './faults/faulty-triggers.ts';
import type { Ground } from './ground/ground.ts';

export interface AssemblyDependencies {
  readonly ground: Ground;
  readonly faults: FaultSwitches;
  /** Where the engines announce what they change. */
  readonly changes: Changes;
  /** @default each execution environment of a function is its own process */
  readonly startSandbox?: StartSandbox | undefined;
  readonly onMail?: ((mail: InboxMail) => void) | undefined;
  /** Takes a line for the terminal about each invocation of a function that has failed. */
  readonly onFunctionFailure?: ((line: string) => void) | undefined;
}

export interface Engines {
  readonly metrics: Metrics;
  readonly sqs: Sqs;
  readonly lambda: Lambda;
  readonly eventBus: EventBus;
  readonly machines: readonly MachineDefinition[];
  readonly stepFunctions: StepFunctions;
  readonly userPools: UserPools;
  readonly sesService: SesService;
}

/** Metrics are announced to pages at most once in this time. */
const METRICS_ANNOUNCED_MS = 1_000;

const assembleMetrics = ({ ground, changes }: AssemblyDependencies): Metrics =>
  createMetrics({
    state: ground.state,
    clock: ground.clock,
    onChange: throttle(() => changes.announce({ kind: 'metrics' }), METRICS_ANNOUNCED_MS),
    onProblem: console.error,
    closing: ground.closing,
  });

const logFolderOf = (ground: Ground): string => join(ground.folder, 'logs');

const assembleLambda = (
  { ground, startSandbox, onFunctionFailure }: AssemblyDependencies,
  sqs: Sqs,
  metrics: Metrics,
  awsMetrics: AwsMetrics,
): Lambda =>
  createLambda({
    functions: [...functionsOf(ground.template), ...functionsToTakeBack(ground.state, ground.template)],
    clock: ground.clock,
    state: ground.state,
    eventInvokeConfigs: eventInvokeConfigsOf(ground.template),
    sendMessage: sqs.send,
    logFolder: logFolderOf(ground),
    environment: { AWS_ENDPOINT_URL: ground.endpoint.url, AWS_REGION: ground.template.region },
    onLine: metrics.recordLine,
    onInvocation: (name, invocation, durationMs) => {
      awsMetrics.countInvocation(name, invocation, durationMs);
      const line = describeFailure(name, invocation, logFolderOf(ground));
      if (line !== undefined) onFunctionFailure?.(line);
    },
    onThrottle: awsMetrics.countThrottle,
    startSandbox,
  });

const assembleEventBus = ({ ground }: AssemblyDependencies, lambda: Lambda): EventBus =>
  createEventBus({
    rules: ground.template.ofType('AWS::Events::Rule'),
    functionArns: functionsOf(ground.template).map(({ arn }) => arn),
    clock: ground.clock,
    invokeAsync: lambda.invokeAsync,
    region: ground.template.region,
    accountId: ground.template.accountId,
  });

const assembleStepFunctions = (
  { ground, faults, changes }: AssemblyDependencies,
  machines: readonly MachineDefinition[],
  lambda: Lambda,
  awsMetrics: AwsMetrics,
): StepFunctions =>
  createStepFunctions({
    machines,
    state: ground.state,
    clock: ground.clock,
    invoke: disturbTasks(lambda.invoke, faults),
    callService: createServiceCaller(ground.endpoint.url, ground.template.region),
    region: ground.template.region,
    accountId: ground.template.accountId,
    onExecution: (execution) => {
      changes.announce({ kind: 'execution', executionArn: execution.executionArn });
      awsMetrics.countExecution(execution);
    },
  });

const assembleUserPools = (
  { ground, faults, onFunctionFailure }: AssemblyDependencies,
  lambda: Lambda,
): UserPools => {
  const { invoke, watch } = watchAnswers(disturbTriggers(lambda.invoke, faults), (arn, error) => {
    const fn = functionsOf(ground.template).find((one) => arn === one.arn || arn.startsWith(`${one.arn}:`));
    onFunctionFailure?.(describeUnusable(fn?.name ?? arn, error, logFolderOf(ground)));
  });
  const pools = createUserPools({
    pools: poolsOf(ground.template),
    state: ground.state,
    clock: ground.clock,
    invoke,
    region: ground.template.region,
    accountId: ground.template.accountId,
    issuerBase: () => ground.endpoint.url,
  });
  return { ...pools, operations: watch(pools.operations) };
};

const assembleSes = (
  { ground, faults, changes, onMail }: AssemblyDependencies,
  eventBus: EventBus,
): SesService =>
  createSesService({
    template: ground.template,
    state: ground.state,
    clock: ground.clock,
    wait: ground.wait,
    putEvent: eventBus.putEvent,
    onTheirWay: disturbFeedback(faults),
    onMail: (mail) => {
      onMail?.(mail);
      changes.announce({ kind: 'mail', messageId: mail.messageId });
    },
  });

export const assembleEngines = (dependencies: AssemblyDependencies): Engines => {
  const { template, state, clock } = dependencies.ground;
  const metrics = assembleMetrics(dependencies);
  const awsMetrics = createAwsMetrics(metrics.record, clock);
  const sqs = createSqs(template.ofType('AWS::SQS::Queue'), state, clock);
  const lambda = assembleLambda(dependencies, sqs, metrics, awsMetrics);
  const eventBus = assembleEventBus(dependencies, lambda);
  const machines = machinesOf(template);
  return {
    metrics,
    sqs,
    lambda,
    eventBus,
    machines,
    stepFunctions: assembleStepFunctions(dependencies, machines, lambda, awsMetrics),
    userPools: assembleUserPools(dependencies, lambda),
    sesService: assembleSes(dependencies, eventBus),
  };
};
