/** SES is out of order. */

import type { Ses } from '../engines/ses/send-email.ts';
import { AwsError } from '../ground/service.ts';
import type { FaultSwitches } from './fault-switches.ts';

export const takeSesDown = (ses: Ses, switches: FaultSwitches): Ses => ({
  sendEmail: (input, sessionToken) => {
    if (switches.current().sesDown) {
      throw new AwsError('ServiceUnavailable', 'The service is temporarily unavailable.', 503);
    }
    return ses.sendEmail(input, sessionToken);
  },
});
