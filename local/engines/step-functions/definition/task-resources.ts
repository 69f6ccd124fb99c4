/** Finds the task of a Task state by its `Resource`. The task gets the resolved parameters unchanged. */
import { AwsError, type Invocation, type Invoke, type JsonObject } from '../../../ground/service.ts';

/**
 * Sends an AWS SDK call to the local endpoint. `service` is Step Functions' name, `operation` is in PascalCase. Rejects with
 * an error that has the AWS exception's name.
 */
export type CallService = (service: string, operation: string, parameters: JsonObject) => Promise<JsonObject>;

/** Takes the resolved parameters and returns the result. Rejects with an error that has AWS's name for it in a workflow. */
export type Task = (parameters: unknown) => Promise<unknown>;

/** Makes the error of a state: `ErrorEquals` matches its `name`, and its `message` becomes the cause. */
const taskError = (name: string, cause: string): Error => Object.assign(new Error(cause), { name });

/** Makes an error that no retrier and no catcher matches, not even `States.ALL`. */
export const terminalError = (name: string, cause: string): Error =>
  Object.assign(taskError(name, cause), { isRetryable: false, isCatchable: false });

const DYNAMODB_OPERATIONS = ['getItem', 'putItem', 'updateItem', 'deleteItem'];

/** The prefixes of errors of SDK integrations: the service's names in the AWS SDK for Java 2. */
const SDK_PREFIXES: Readonly<Record<string, string>> = {
  dynamodb: 'DynamoDb',
  eventbridge: 'EventBridge',
  lambda: 'Lambda',
  secretsmanager: 'SecretsManager',
  sesv2: 'SesV2',
  sfn: 'Sfn',
};

/** The names of errors of a call that did not reach the service, or got no response. */
const NOT_FROM_A_SERVICE = ['Error', 'TypeError', 'SyntaxError', 'AbortError', 'TimeoutError'];

const objectOf = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null ? (value as JsonObject) : {};

/** Returns the payload. For a failed function throws its error type, with Lambda's payload as the cause. */
const payloadOf = (outcome: Invocation): unknown => {
  if (outcome.kind === 'returned') return outcome.payload ?? null;
  // After a function's own time limit the error is `Sandbox.Timedout`, and `Lambda.Unknown` only with old runtimes
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

/** The optimized integration returns the response of the Invoke API, with its payload parsed. */
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

/** Makes the error name of a workflow. These are the names of the AWS SDK for Java, which all end in `Exception`. */
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

/** Returns the task of a `Resource`, or undefined if it does not run here. */
export const taskOf = (resource: string, invoke: Invoke, callService: CallService): Task | undefined => {
  if (/^arn:aws[\w-]*:states:::lambda:invoke$/.test(resource)) return lambdaInvoke(invoke);
  if (/^arn:aws[\w-]*:lambda:[^:]+:\d+:function:/.test(resource))
    return (input) => invokeFunction(invoke, resource, input);
  const [, sdk, service = '', operation = ''] =
    /^arn:aws[\w-]*:states:::(aws-sdk:)?([a-z0-9]+):([a-zA-Z0-9]+)$/.exec(resource) ?? [];
  if (sdk === undefined && service === 'dynamodb' && DYNAMODB_OPERATIONS.includes(operation))
    return serviceCall(callService, 'DynamoDB', service, operation);
  const prefix = SDK_PREFIXES[service];
  if (sdk !== undefined && prefix !== undefined) return serviceCall(callService, prefix, service, operation);
  return undefined;
};
