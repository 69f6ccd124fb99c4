/** Faults for single requests of one user, chosen by the caller and by their place in the order. */
import type { Disturb, Disturbance, Incoming } from '../../../../local/ground/endpoint.ts';
import { AwsError } from '../../../../local/ground/service.ts';
import type { World } from './world.ts';

export const REFUSALS = {
  throttled: new AwsError('ThrottlingException', 'Rate exceeded'),
  unavailable: new AwsError('InternalServerError', 'The request could not be completed.', 500),
} as const;

export type FaultKind = keyof typeof REFUSALS | 'unanswered';

export const disturbanceOf = (kind: FaultKind): Disturbance =>
  kind === 'unanswered' ? { kind } : { kind: 'refused', error: REFUSALS[kind] };

export interface Fault {
  readonly userId: string;
  /** A part of the caller's key, such as the function's name. */
  readonly caller: string;
  /** The first request that is disturbed, counted from 1. */
  readonly first: number;
  /** How many requests are disturbed. The AWS SDK in a trigger tries each call twice at most. */
  readonly count: number;
  readonly kind: FaultKind;
}

/** Starts the fault. Returns a function that ends it. */
export const disturb = ({ disturbances }: World, fault: Fault): (() => void) => {
  let seen = 0;
  const one = ({ caller, body }: Incoming): Disturbance | undefined => {
    if (!caller.includes(fault.caller) || !body.includes(fault.userId)) return undefined;
    seen += 1;
    const concerned = seen >= fault.first && seen < fault.first + fault.count;
    return concerned ? disturbanceOf(fault.kind) : undefined;
  };
  disturbances.add(one);
  return () => void disturbances.delete(one);
};

/** By this SES refuses a mail for good. */
export const REJECTED = new AwsError('MessageRejected', 'Email address is not verified.');

/** SES refuses all mails of the user with this error. Returns a function that ends this. */
export const refuseMails = ({ disturbances }: World, userId: string, error: AwsError): (() => void) => {
  const refuse: Disturb = ({ operation, body }) =>
    operation.endsWith('/v2/email/outbound-emails') && body.includes(userId)
      ? { kind: 'refused', error }
      : undefined;
  disturbances.add(refuse);
  return () => void disturbances.delete(refuse);
};
