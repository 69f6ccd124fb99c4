/** Reads how a function's asynchronous invocations are retried, and where final failures are recorded. */
import { isObject, type JsonObject } from '../../ground/service.ts';
import type { Resource, Template } from '../../ground/template.ts';

export interface EventInvokeConfig {
  /** Name or ARN. */
  readonly functionName: string;
  /** 0 to 2. */
  readonly maxRetries: number;
  readonly maxAgeSeconds: number;
  /** The ARN of a queue. */
  readonly onFailure?: string;
}

/** Lambda's values for a function without a configuration (Lambda Developer Guide, "Asynchronous invocation"). */
export const DEFAULT_RETRIES = { maxRetries: 2, maxAgeSeconds: 21_600 } as const;

const destinationOf = (properties: JsonObject, queueArns: readonly string[]): string | undefined => {
  const { OnFailure, OnSuccess } = (properties.DestinationConfig ?? {}) as JsonObject;
  if (OnSuccess !== undefined) throw new Error('OnSuccess does not work here');
  if (!isObject(OnFailure)) return undefined;
  const arn = String(OnFailure.Destination);
  if (!queueArns.includes(arn)) throw new Error(`the destination ${arn} is not a queue of the template`);
  return arn;
};

/** Reads an `AWS::Lambda::EventInvokeConfig`. Throws an error that says what does not work here. */
export const readEventInvokeConfig = (
  { logicalId, properties }: Resource,
  queueArns: readonly string[],
): EventInvokeConfig => {
  try {
    const { FunctionName, Qualifier, MaximumRetryAttempts, MaximumEventAgeInSeconds } = properties;
    if (Qualifier !== '$LATEST') throw new Error(`there is no version or alias ${Qualifier}`);
    const onFailure = destinationOf(properties, queueArns);
    return {
      functionName: String(FunctionName),
      maxRetries: Number(MaximumRetryAttempts ?? DEFAULT_RETRIES.maxRetries),
      maxAgeSeconds: Number(MaximumEventAgeInSeconds ?? DEFAULT_RETRIES.maxAgeSeconds),
      ...(onFailure !== undefined && { onFailure }),
    };
  } catch (error) {
    throw new Error(`EventInvokeConfig ${logicalId}: ${(error as Error).message}`, { cause: error });
  }
};

export const eventInvokeConfigsOf = (template: Template): readonly EventInvokeConfig[] => {
  const queueArns = template.ofType('AWS::SQS::Queue').map(({ names }) => names.attributes.Arn ?? '');
  return template
    .ofType('AWS::Lambda::EventInvokeConfig')
    .map((resource) => readEventInvokeConfig(resource, queueArns));
};
