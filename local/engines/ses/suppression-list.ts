/** The account's suppression list: addresses that SES accepts mails for and sends none to. Kept on disk. */
import type { Clock } from '../../ground/clock.ts';
import type { State } from '../../ground/state.ts';

export type SuppressionReason = 'BOUNCE' | 'COMPLAINT';

export interface SuppressedDestination {
  readonly emailAddress: string;
  readonly reason: SuppressionReason;
  /** Epoch milliseconds of the local clock. */
  readonly lastUpdatedAt: number;
  /** The mail that brought the address here. */
  readonly messageId?: string;
}

/** Addresses are told apart by case, as SES's API does. */
export interface SuppressionList {
  put(emailAddress: string, reason: SuppressionReason, messageId?: string): void;
  get(emailAddress: string): SuppressedDestination | undefined;
  /** Answers whether it was there. */
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
    get: (emailAddress) => destinations.get(emailAddress),
    delete: (emailAddress) => destinations.delete(emailAddress),
  };
};
