/** The possible outcomes of a mail for one recipient, in the words of SES's events. */

export type EventType = 'Send' | 'Delivery' | 'Bounce' | 'Complaint' | 'DeliveryDelay' | 'Reject';

export interface BounceOutcome {
  readonly type: 'Bounce';
  readonly bounceType: 'Permanent' | 'Transient';
  readonly bounceSubType:
    | 'General'
    | 'NoEmail'
    | 'Suppressed'
    | 'OnAccountSuppressionList'
    | 'CustomTimeoutExceeded';
  /** An enhanced status code (RFC 3463). */
  readonly status: string;
  readonly diagnosticCode: string;
}

export type MailOutcome =
  | { readonly type: 'Send' }
  | { readonly type: 'Delivery'; readonly smtpResponse: string }
  | BounceOutcome
  | { readonly type: 'Complaint' }
  | {
      readonly type: 'DeliveryDelay';
      readonly delayType: 'MailboxFull' | 'TransientCommunicationFailure';
      readonly status: string;
      readonly diagnosticCode: string;
    }
  | { readonly type: 'Reject'; readonly reason: string };
