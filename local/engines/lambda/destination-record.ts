/** An asynchronous invocation, and what Lambda tells a destination about one that has failed for good. */
import type { JsonObject } from '../../ground/service.ts';
import { errorPayloadOf, type FailedInvocation } from './invoke-api.ts';

export interface QueuedInvocation {
  readonly requestId: string;
  readonly functionArn: string;
  readonly event: unknown;
  /** Epoch milliseconds of the local clock. */
  readonly queuedAt: number;
  /** How many have been made. */
  readonly attempts: number;
  /** Of the last attempt. */
  readonly lastOutcome?: FailedInvocation;
}

/** Why an event was discarded. */
export type Condition = 'RetriesExhausted' | 'EventAgeExceeded';

/** Lambda Developer Guide, "Capturing records of Lambda asynchronous invocations". `at` in epoch milliseconds. */
export const failureRecord = (invocation: QueuedInvocation, condition: Condition, at: number): JsonObject => {
  const { requestId, functionArn, event, attempts, lastOutcome } = invocation;
  return {
    version: '1.0',
    timestamp: new Date(at).toISOString(),
    requestContext: {
      requestId,
      functionArn: `${functionArn}:$LATEST`,
      condition,
      approximateInvokeCount: attempts,
    },
    requestPayload: event,
    ...(lastOutcome && {
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: errorPayloadOf(lastOutcome),
    }),
  };
};
