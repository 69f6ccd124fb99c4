/** Calls the app's own pre token generation function, as Cognito would. Only `handler.ts` loads this file, if there is one. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PreTokenFunctionInvalid } from './claims-override.ts';
import type { TokenEvent } from './token-event.ts';

/** Milliseconds of the guard's own time limit that are kept for its answer. */
export const ANSWER_MS = 250;

/** The function could not be called, or it threw an error. The cause is that of the call. */
export class PreTokenFunctionFailed extends Error {
  override readonly name = 'PreTokenFunctionFailed';
}

/** The function did not return in the time that was left. It may go on running. */
export class PreTokenFunctionTimedOut extends Error {
  override readonly name = 'PreTokenFunctionTimedOut';
}

/**
 * Returns the `response` of the event that the function returns, which may be anything but nothing. `remainingMs` is what is
 * left of the guard's time. Throws `PreTokenFunctionFailed`, `PreTokenFunctionTimedOut` or `PreTokenFunctionInvalid`.
 */
export type PreTokenFunction = (event: TokenEvent, remainingMs: number) => Promise<unknown>;

/**
 * One try, because a second one would do twice whatever the function does. So no connection is used again: after a pause it
 * may be dead, and that would fail the try.
 */
const ONE_TRY = {
  maxAttempts: 1,
  requestHandler: {
    connectionTimeout: 1000,
    httpAgent: { keepAlive: false },
    httpsAgent: { keepAlive: false },
  },
} as const;

const parse = (payload: string): { readonly response?: unknown } => {
  try {
    return JSON.parse(payload) ?? {};
  } catch {
    throw new PreTokenFunctionInvalid();
  }
};

const readResponse = (payload: string): object => {
  const { response } = parse(payload);
  if (typeof response !== 'object' || response === null) throw new PreTokenFunctionInvalid();
  return response;
};

/** The function with this ARN, which may be that of an alias. */
export const createPreTokenFunction = (functionArn: string): PreTokenFunction => {
  const client = new LambdaClient(ONE_TRY);
  return async (event, remainingMs) => {
    const limitMs = remainingMs - ANSWER_MS;
    if (limitMs <= 0) throw new PreTokenFunctionTimedOut();
    const abortSignal = AbortSignal.timeout(limitMs);
    const command = new InvokeCommand({ FunctionName: functionArn, Payload: JSON.stringify(event) });
    const { FunctionError, Payload } = await client.send(command, { abortSignal }).catch((cause: unknown) => {
      if (abortSignal.aborted) throw new PreTokenFunctionTimedOut();
      throw new PreTokenFunctionFailed(undefined, { cause });
    });
    if (FunctionError !== undefined) throw new PreTokenFunctionFailed();
    return readResponse(Payload?.transformToString() ?? '');
  };
};
