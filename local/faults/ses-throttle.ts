/** SES refuses a share of the calls because they come too fast. */

import type { Ses } from '../engines/ses/send-email.ts';
import { AwsError } from '../ground/service.ts';
import { createExactShare } from './exact-share.ts';
import type { FaultSwitches } from './fault-switches.ts';

export const throttleSes = (ses: Ses, switches: FaultSwitches): Ses => {
  const isRefused = createExactShare(switches, 'sesThrottlePercent');
  return {
    sendEmail: (input, sessionToken) => {
      if (isRefused()) throw new AwsError('TooManyRequestsException', 'Maximum sending rate exceeded.', 429);
      return ses.sendEmail(input, sessionToken);
    },
  };
};
