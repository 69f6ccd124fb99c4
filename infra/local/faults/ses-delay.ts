/** SES takes its time. The mail is accepted at the end of it, whether or not the caller has had the patience. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import { AwsError } from '../service.ts';
import type { Ses } from '../ses/send-email.ts';
import type { FaultSwitches } from './fault-switches.ts';

/** `closing` ends the waits; a mail that was waited for is then not accepted. */
export const delaySes = (ses: Ses, switches: FaultSwitches, clock: Clock, closing: AbortSignal): Ses => {
  const wait = async (seconds: number) => {
    try {
      await sleep(clock.realDuration(seconds * 1000), undefined, { signal: closing });
    } catch {
      throw new AwsError('ServiceUnavailable', 'The local system is stopping.', 503);
    }
  };
  return {
    sendEmail: async (input, sessionToken) => {
      const { sesDelaySeconds } = switches.current();
      if (sesDelaySeconds > 0) await wait(sesDelaySeconds);
      return ses.sendEmail(input, sessionToken);
    },
  };
};
