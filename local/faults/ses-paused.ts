/** Sending is paused for the account, by an operator or by AWS. */

import type { Ses } from '../engines/ses/send-email.ts';
import { AwsError } from '../ground/service.ts';
import type { FaultSwitches } from './fault-switches.ts';

export const pauseSes = (ses: Ses, switches: FaultSwitches): Ses => ({
  sendEmail: (input, sessionToken) => {
    if (switches.current().sesPaused) {
      throw new AwsError('SendingPausedException', 'Sending is paused for your account.');
    }
    return ses.sendEmail(input, sessionToken);
  },
});
