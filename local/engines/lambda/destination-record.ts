/** An asynchronous invocation, and the record that Lambda sends to a destination after its final failure. */
import type { JsonObject } from '../../ground/service.ts';
import { errorPayloadOf, type FailedInvocation } from './invoke-api.ts';

export interface QueuedInvocation {
  readonly requestId: string;
  readonly functionArn: string;
  readonly event: unknown;
  /** Epoch milliseconds of the local clock. */
  readonly queuedAt: number;
  /** The number of attempts so far. */
  readonly attempts: number;
  /** The outcome of the last attempt. */
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
