/** What a Task state does: told by its `Resource` alone, with its resolved parameters passed on as they are. */
import { AwsError, type Invocation, type Invoke, type JsonObject } from '../../../ground/service.ts';

/** Sends an AWS SDK call to the local endpoint; rejects with an error whose name is the AWS exception's. */
export type CallService = (service: string, operation: string, parameters: JsonObject) => Promise<JsonObject>;

/** Resolved parameters in, result out; rejects with an error that has the name AWS gives it in a workflow. */
export type Task = (parameters: unknown) => Promise<unknown>;

/** An error as a state reports it: `name` is what `ErrorEquals` matches, `message` becomes the cause. */
const taskError = (name: string, cause: string): Error => Object.assign(new Error(cause), { name });

/** As `taskError`, but neither `States.ALL` nor anything else retries or catches it. */
export const terminalError = (name: string, cause: string): Error =>
  Object.assign(taskError(name, cause), { isRetryable: false, isCatchable: false });

const DYNAMODB_OPERATIONS = ['getItem', 'putItem', 'updateItem', 'deleteItem'];

/** How errors of SDK integrations are prefixed: the service's name in the AWS SDK for Java 2. */
const SDK_PREFIXES: Readonly<Record<string, string>> = {
  dynamodb: 'DynamoDb',
  eventbridge: 'EventBridge',
  lambda: 'Lambda',
  secretsmanager: 'SecretsManager',
  sesv2: 'SesV2',
  sfn: 'Sfn',
};

/** What a call that never reached the service, or got no answer from it, rejects with. */
const NOT_FROM_A_SERVICE = ['Error', 'TypeError', 'SyntaxError', 'AbortError', 'TimeoutError'];

const objectOf = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null ? (value as JsonObject) : {};

/** A failed function surfaces as its error type, with Lambda's payload as the cause. */
const payloadOf = (outcome: Invocation): unknown => {
  if (outcome.kind === 'returned') return outcome.payload ?? null;
  // A function's own time limit is `Sandbox.Timedout` with current runtimes, and `Lambda.Unknown` only with old ones
  // (Step Functions Developer Guide, best practices, "Handle transient Lambda service exceptions").
  const errorType = outcome.kind === 'timeout' ? 'Sandbox.Timedout' : outcome.errorType;
  throw taskError(errorType, JSON.stringify({ errorType, errorMessage: outcome.errorMessage }));
};

const invokeFunction = async (invoke: Invoke, id: string, event: unknown): Promise<unknown> => {
  const outcome = await invoke(id, event).catch((error: unknown) => {
    const { code, message } =
      error instanceof AwsError ? error : { code: 'SdkClientException', message: String(error) };
    throw taskError(`Lambda.${code}`, message);
  });
  return payloadOf(outcome);
};

/** The optimized integration answers with what the Invoke API does, its payload parsed. */
const lambdaInvoke =
  (invoke: Invoke): Task =>
  async (parameters) => {
    const { FunctionName, Payload } = objectOf(parameters);
    return {
      ExecutedVersion: '$LATEST',
      Payload: await invokeFunction(invoke, String(FunctionName), Payload),
      SdkHttpMetadata: { HttpStatusCode: 200 },
      StatusCode: 200,
    };
  };

/** Errors of a workflow carry the names of the AWS SDK for Java, which all end alike. */
const exceptionName = ({ name }: Error): string => {
  if (NOT_FROM_A_SERVICE.includes(name)) return 'SdkClientException';
  return name.endsWith('Exception') ? name : `${name}Exception`;
};

const serviceCall = (callService: CallService, prefix: string, service: string, operation: string): Task => {
  const name = operation.charAt(0).toUpperCase() + operation.slice(1);
  return (parameters) =>
    callService(service, name, objectOf(parameters)).catch((error: Error) => {
      throw error.name.startsWith('States.')
        ? terminalError(error.name, error.message)
        : taskError(`${prefix}.${exceptionName(error)}`, error.message);
    });
};

/** The task behind a `Resource`; undefined where it is none that runs here. */
export const taskOf = (resource: string, invoke: Invoke, callService: CallService): Task | undefined => {
  if (resource === 'arn:aws:states:::lambda:invoke') return lambdaInvoke(invoke);
  if (/^arn:aws:lambda:[^:]+:\d+:function:/.test(resource))
    return (input) => invokeFunction(invoke, resource, input);
  const [, sdk, service = '', operation = ''] =
    /^arn:aws:states:::(aws-sdk:)?([a-z0-9]+):([a-zA-Z0-9]+)$/.exec(resource) ?? [];
  if (sdk === undefined && service === 'dynamodb' && DYNAMODB_OPERATIONS.includes(operation))
    return serviceCall(callService, 'DynamoDB', service, operation);
  const prefix = SDK_PREFIXES[service];
  if (sdk !== undefined && prefix !== undefined) return serviceCall(callService, prefix, service, operation);
  return undefined;
};
