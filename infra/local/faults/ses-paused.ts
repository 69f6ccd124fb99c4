/** Sending is paused for the account, by an operator or by AWS. */
import { AwsError } from '../service.ts';
import type { Ses } from '../ses/send-email.ts';
import type { FaultSwitches } from './fault-switches.ts';

export const pauseSes = (ses: Ses, switches: FaultSwitches): Ses => ({
  sendEmail: (input, sessionToken) => {
    if (switches.current().sesPaused) {
      throw new AwsError('SendingPausedException', 'Sending is paused for your account.');
    }
    return ses.sendEmail(input, sessionToken);
  },
});
