/** SES refuses a share of the calls because they come too fast. */
import { AwsError } from '../service.ts';
import type { Ses } from '../ses/send-email.ts';
import type { FaultSwitches } from './fault-switches.ts';

/** Exact rather than random, so that what it shows it shows each time: at 50 the first call is refused, then each second one. */
export const throttleSes = (ses: Ses, switches: FaultSwitches): Ses => {
  const START = 50;
  let due = START;
  switches.onChange((now, before) => {
    if (now.sesThrottlePercent !== before.sesThrottlePercent) due = START;
  });
  const isRefused = (): boolean => {
    due += switches.current().sesThrottlePercent;
    if (due < 100) return false;
    due -= 100;
    return true;
  };
  return {
    sendEmail: (input, sessionToken) => {
      if (isRefused()) throw new AwsError('TooManyRequestsException', 'Maximum sending rate exceeded.', 429);
      return ses.sendEmail(input, sessionToken);
    },
  };
};
