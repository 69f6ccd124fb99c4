/** SES with everything that can go wrong with it. Refusals come at once; only a mail that is accepted takes its time. */
import type { Clock } from '../clock.ts';
import type { Lambda } from '../lambda/lambda.ts';
import type { Ses } from '../ses/send-email.ts';
import { crashAfterSend } from './crash-after-send.ts';
import type { FaultSwitches } from './fault-switches.ts';
import { delaySes } from './ses-delay.ts';
import { takeSesDown } from './ses-down.ts';
import { exhaustSesQuota } from './ses-quota.ts';
import { throttleSes } from './ses-throttle.ts';

export interface FaultySesDependencies {
  readonly ses: Ses;
  readonly faults: FaultSwitches;
  readonly clock: Clock;
  readonly crash: Lambda['crash'];
  /** Aborted when the system stops. */
  readonly closing: AbortSignal;
}

export const createFaultySes = ({ ses, faults, clock, crash, closing }: FaultySesDependencies): Ses => {
  const accepting = delaySes(crashAfterSend(ses, faults, crash), faults, clock, closing);
  return takeSesDown(exhaustSesQuota(throttleSes(accepting, faults), faults), faults);
};
