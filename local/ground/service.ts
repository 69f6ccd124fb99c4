/** The types that all local AWS services share: errors, operations, and calls from one service to another. */

/** An error as an AWS service reports it: `code` is the exception name that the SDK gives to `error.name`. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.status = status;
  }
}

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One operation of an AWS JSON service. It takes the parsed request body, returns the response body and throws `AwsError`. */
export type Operation = (input: JsonObject) => Promise<JsonObject> | JsonObject;

/** A service's operations by their API name, for instance `InitiateAuth`. */
export type Operations = Readonly<Record<string, Operation>>;

/** How a Lambda invocation ended. `timeout`: the function's own time limit stopped it. */
export type Invocation =
  | { readonly kind: 'returned'; readonly payload: unknown }
  | { readonly kind: 'failed'; readonly errorType: string; readonly errorMessage: string }
  | { readonly kind: 'timeout'; readonly errorMessage: string };

/** Invokes the local function that has this ARN. */
export type Invoke = (functionArn: string, event: unknown) => Promise<Invocation>;

/** Invokes it under a request id that its log names. */
export type InvokeAs = (functionArn: string, event: unknown, requestId: string) => Promise<Invocation>;

/** Invokes the function asynchronously, with Lambda's retries. Resolves after the last try, also if it failed; never rejects. */
export type InvokeAsync = (functionArn: string, event: unknown, requestId?: string) => Promise<void>;

/** Sends a message to the local queue that has this ARN. */
export type SendMessage = (queueArn: string, body: string) => void;
