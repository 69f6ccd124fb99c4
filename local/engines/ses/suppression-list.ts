/** The account's suppression list, kept on disk. SES accepts mails to these addresses but does not send them. */
import type { Clock } from '../../ground/clock.ts';
import type { State } from '../../ground/state.ts';

export type SuppressionReason = 'BOUNCE' | 'COMPLAINT';

export interface SuppressedDestination {
  readonly emailAddress: string;
  readonly reason: SuppressionReason;
  /** Epoch milliseconds of the local clock. */
  readonly lastUpdatedAt: number;
  /** The mail because of which the address is in the list. */
  readonly messageId?: string;
}

/** Addresses are case-sensitive, as in SES's API. */
export interface SuppressionList {
  put(emailAddress: string, reason: SuppressionReason, messageId?: string): void;
  get(emailAddress: string): SuppressedDestination | undefined;
  /** In the order in which they came. */
  all(): readonly SuppressedDestination[];
  /** Returns whether the address was in the list. */
  delete(emailAddress: string): boolean;
}

export const createSuppressionList = (state: State, clock: Clock): SuppressionList => {
  const destinations = state.documents<SuppressedDestination>('suppressed-destination');
  return {
    put: (emailAddress, reason, messageId) =>
      destinations.put(emailAddress, {
        emailAddress,
        reason,
        lastUpdatedAt: clock.now(),
        ...(messageId !== undefined && { messageId }),
      }),
    all: () => destinations.all(),
    get: (emailAddress) => destinations.get(emailAddress),
    delete: (emailAddress) => destinations.delete(emailAddress),
  };
};
