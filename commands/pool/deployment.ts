/** What a deployment says of the user pool that it is for, read from the outputs of its stack. */

import { CommandError, EXIT, usageError } from '../../shared/command/failure.ts';
import { regionOfPool } from '../../shared/command/user-pool.ts';
import { LIMITS } from '../../shared/domain/limits.ts';
import type { Expectation } from '../../shared/pool/drift.ts';
import { jsonObject } from '../../shared/pool/json.ts';
import { type EventVersion, PLACES, PRE_TOKEN_VERSIONS, type TriggerArns } from '../../shared/pool/places.ts';
import type { PickedOutputs } from '../common/choose-otp.ts';

export const POOL_OUTPUTS = ['TableName', 'GuardLimits'] as const;
/** Stacks of older releases lack them, and so do some kinds of stacks. */
export const OPTIONAL_POOL_OUTPUTS = [
  'UserPoolId',
  'LambdaConfig',
  'PreTokenEventVersion',
  'ReportingClients',
  'CodeLifetimeSeconds',
  'AcceptedDoors',
  'AttachedBy',
  'AttachRoleArn',
] as const;

export type PoolOutputs = PickedOutputs<
  (typeof POOL_OUTPUTS)[number],
  (typeof OPTIONAL_POOL_OUTPUTS)[number]
>;

export interface PoolDeployment
  extends Pick<Expectation, 'triggers' | 'eventVersion' | 'reporting' | 'codeSeconds'> {
  readonly userPoolId: string;
  /** The region of the pool and of its functions. */
  readonly region: string;
  /** The ids of doors that it leaves open on purpose. */
  readonly accepted: readonly string[];
  /** Whether its functions know that a client was open once. Those of an older release do not. */
  readonly knowsTaints: boolean;
  /** Who sets the triggers: a custom resource of the stack, this command, or the template that makes the pool. */
  readonly attachedBy: 'deployment' | 'command' | 'template';
  /** Whether the stack names the pool; then it has permitted the pool to call the functions. */
  readonly namesPool: boolean;
}

const unusable = (output: string): CommandError =>
  new CommandError(
    `The output ${output} of the stack cannot be used; was it written by another release?`,
    EXIT.failed,
  );

const parsed = (output: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw unusable(output);
  }
};

const FUNCTION = /^arn:[a-z-]+:lambda:([a-z0-9-]+):\d{12}:function:[\w-]+(?::[\w$-]+)?$/;

const regionOfFunction = (arn: unknown): string => {
  const [, region] = FUNCTION.exec(String(arn)) ?? [];
  if (region === undefined) throw unusable('LambdaConfig');
  return region;
};

const versionOf = (text: string): EventVersion => {
  const version = PRE_TOKEN_VERSIONS.find((one) => one === text);
  if (version === undefined) throw unusable('PreTokenEventVersion');
  return version;
};

const attacherOf = (text: string | undefined): PoolDeployment['attachedBy'] =>
  text === 'deployment' || text === 'template' ? text : 'command';

const reportingOf = (text: string): PoolDeployment['reporting'] => {
  const clients = Object.entries(jsonObject(parsed('ReportingClients', text))).map(([clientId, said]) => {
    const until = Date.parse(String(jsonObject(said).until));
    if (Number.isNaN(until)) throw unusable('ReportingClients');
    return [clientId, { until: new Date(until).toISOString() }] as const;
  });
  return Object.fromEntries(clients);
};

const secondsOf = (text: string): number => {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw unusable('CodeLifetimeSeconds');
};

const acceptedOf = (text: string): readonly string[] => {
  const ids = parsed('AcceptedDoors', text);
  if (Array.isArray(ids) && ids.every((id) => typeof id === 'string')) return ids;
  throw unusable('AcceptedDoors');
};

const poolIdOf = (named: string | undefined, given: string | undefined): string => {
  if (named !== undefined && given !== undefined && named !== given) {
    throw usageError(`The stack is for the user pool ${named}, so --pool-id cannot be ${given}`);
  }
  const userPoolId = named ?? given;
  if (userPoolId === undefined)
    throw usageError('The stack does not name the user pool, so --pool-id has to');
  return userPoolId;
};

/** `poolId` is the value of --pool-id. Throws `CommandError`. */
export const readDeployment = (outputs: PoolOutputs, poolId: string | undefined): PoolDeployment => {
  const { LambdaConfig, PreTokenEventVersion, ReportingClients = '{}', CodeLifetimeSeconds } = outputs;
  if (LambdaConfig === undefined) {
    throw usageError(
      'The stack has no output LambdaConfig: it makes its user pool itself, which has the triggers then, or it is of an older release',
    );
  }
  const arns = jsonObject(parsed('LambdaConfig', LambdaConfig));
  const regions = new Set(PLACES.map((place) => regionOfFunction(arns[place])));
  const userPoolId = poolIdOf(outputs.UserPoolId, poolId);
  const region = regionOfPool(userPoolId);
  if (regions.size !== 1 || !regions.has(region)) {
    throw usageError(
      `The user pool is in ${region}, but the functions of the stack are in ${[...regions].join(' and ')}; Cognito calls those of its own region only`,
    );
  }
  return {
    userPoolId,
    region,
    triggers: Object.fromEntries(PLACES.map((place) => [place, arns[place]])) as TriggerArns,
    eventVersion: versionOf(PreTokenEventVersion ?? 'V1_0'),
    reporting: reportingOf(ReportingClients),
    codeSeconds: secondsOf(CodeLifetimeSeconds ?? String(LIMITS.codeLifetime.default)),
    accepted: acceptedOf(outputs.AcceptedDoors ?? '[]'),
    knowsTaints: PreTokenEventVersion !== undefined,
    attachedBy: attacherOf(outputs.AttachedBy),
    namesPool: outputs.UserPoolId !== undefined,
  };
};
