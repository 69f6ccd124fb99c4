/** SES with everything that can go wrong with it. Refusals come at once; only a mail that is accepted takes its time. */
import type { Lambda } from '../engines/lambda/lambda.ts';
import type { Ses } from '../engines/ses/send-email.ts';
import type { Wait } from '../ground/wait.ts';
import { crashAfterSend } from './crash-after-send.ts';
import { crashBeforeSend } from './crash-before-send.ts';
import type { FaultSwitches } from './fault-switches.ts';
import { delaySes } from './ses-delay.ts';
import { takeSesDown } from './ses-down.ts';
import { pauseSes } from './ses-paused.ts';
import { exhaustSesQuota } from './ses-quota.ts';
import { throttleSes } from './ses-throttle.ts';

export interface FaultySesDependencies {
  readonly ses: Ses;
  readonly faults: FaultSwitches;
  readonly crash: Lambda['crash'];
  readonly wait: Wait;
}

export const createFaultySes = ({ ses, faults, crash, wait }: FaultySesDependencies): Ses => {
  const accepting = delaySes(crashAfterSend(ses, faults, crash), faults, wait);
  const reached = throttleSes(crashBeforeSend(accepting, faults, crash), faults);
  return takeSesDown(pauseSes(exhaustSesQuota(reached, faults), faults), faults);
};
