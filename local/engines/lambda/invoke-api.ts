/** Serves Lambda's Invoke operation: `POST /2015-03-31/functions/<name or ARN>/invocations`. */
import type { Route } from '../../ground/endpoint.ts';
import { AwsError, type Invocation, type InvokeAs, type InvokeAsync } from '../../ground/service.ts';

export interface InvokeResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface InvokeRequest {
  readonly functionNameOrArn: string;
  /** The header `X-Amz-Invocation-Type`: RequestResponse (the default), Event or DryRun. */
  readonly invocationType?: string | undefined;
  readonly payload: Buffer;
  /** The function and its log know the invocation by this id. */
  readonly requestId: string;
}

export type InvokeApi = (request: InvokeRequest) => Promise<InvokeResponse>;

export type FailedInvocation = Exclude<Invocation, { readonly kind: 'returned' }>;

interface ErrorPayload {
  readonly errorType: string;
  readonly errorMessage: string;
}

/** Returns the payload that Lambda returns if the function has failed. */
export const errorPayloadOf = (outcome: FailedInvocation): ErrorPayload => ({
  errorType: outcome.kind === 'timeout' ? 'Sandbox.Timedout' : outcome.errorType,
  errorMessage: outcome.errorMessage,
});

/** Lambda's limit for a payload, in bytes. */
const MAX_PAYLOAD_BYTES = 6_291_456;

const parsePayload = (payload: Buffer): unknown => {
  if (payload.length > MAX_PAYLOAD_BYTES)
    throw new AwsError(
      'RequestTooLargeException',
      `Request must be smaller than ${MAX_PAYLOAD_BYTES} bytes`,
      413,
    );
  if (payload.length === 0) return {};
  try {
    return JSON.parse(payload.toString());
  } catch {
    throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json');
  }
};

const respond = (outcome: Invocation): InvokeResponse => {
  const headers = { 'content-type': 'application/json', 'x-amz-executed-version': '$LATEST' };
  if (outcome.kind === 'returned') return { status: 200, headers, body: JSON.stringify(outcome.payload) };
  return {
    status: 200,
    headers: { ...headers, 'x-amz-function-error': 'Unhandled' },
    body: JSON.stringify(errorPayloadOf(outcome)),
  };
};

const refuse = ({ code, message, status }: AwsError): InvokeResponse => ({
  status,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
  body: JSON.stringify({ Type: status < 500 ? 'User' : 'Service', Message: message }),
});

/** `resolve` returns a function's ARN, or throws if there is no such function. */
export const createInvokeApi =
  (resolve: (functionNameOrArn: string) => string, invoke: InvokeAs, invokeAsync: InvokeAsync): InvokeApi =>
  async ({ functionNameOrArn, invocationType = 'RequestResponse', payload, requestId }) => {
    try {
      const arn = resolve(functionNameOrArn);
      const event = parsePayload(payload);
      if (invocationType === 'DryRun') return { status: 204, headers: {}, body: '' };
      if (invocationType !== 'Event') return respond(await invoke(arn, event, requestId));
      void invokeAsync(arn, event, requestId);
      return { status: 202, headers: {}, body: '' };
    } catch (error) {
      if (error instanceof AwsError) return refuse(error);
      throw error;
    }
  };

export const createInvokeRoute =
  (invokeApi: InvokeApi): Route =>
  ({ method, path, headers, body, requestId }) => {
    const [, name] = /^\/2015-03-31\/functions\/((?:[\w:$-]|%3A|%24)+)\/invocations$/i.exec(path) ?? [];
    if (method !== 'POST' || name === undefined) return undefined;
    return invokeApi({
      functionNameOrArn: decodeURIComponent(name),
      invocationType: headers['x-amz-invocation-type'],
      payload: body,
      requestId,
    });
  };
