/** What Lambda answers in the place of a payload when the function has failed. */
import type { Invocation } from '../../../ground/service.ts';

export type FailedInvocation = Exclude<Invocation, { readonly kind: 'returned' }>;

export interface ErrorPayload {
  readonly errorType: string;
  readonly errorMessage: string;
}

export const errorPayloadOf = (outcome: FailedInvocation): ErrorPayload => ({
  errorType: outcome.kind === 'timeout' ? 'Sandbox.Timedout' : outcome.errorType,
  errorMessage: outcome.errorMessage,
});
