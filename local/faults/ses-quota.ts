/** The account has sent as many mails as it may in a day. SES reports that under the name of its rate limit. */

import type { Ses } from '../engines/ses/send-email.ts';
import { AwsError } from '../ground/service.ts';
import type { FaultSwitches } from './fault-switches.ts';

export const exhaustSesQuota = (ses: Ses, switches: FaultSwitches): Ses => ({
  sendEmail: (input, sessionToken) => {
    if (switches.current().sesQuotaReached) {
      throw new AwsError('TooManyRequestsException', 'Daily message quota exceeded.', 429);
    }
    return ses.sendEmail(input, sessionToken);
  },
});
