/** SES takes its time. The mail is accepted at the end of it, whether or not the caller has had the patience. */

import type { Ses } from '../engines/ses/send-email.ts';
import { AwsError } from '../ground/service.ts';
import type { Wait } from '../ground/wait.ts';
import type { FaultSwitches } from './fault-switches.ts';

/** A mail that is waited for when the system stops is not accepted. */
export const delaySes = (ses: Ses, switches: FaultSwitches, wait: Wait): Ses => {
  const accept: Ses['sendEmail'] = async (input, sessionToken) => {
    const { sesDelaySeconds } = switches.current();
    if (await wait(sesDelaySeconds * 1000)) return ses.sendEmail(input, sessionToken);
    throw new AwsError('ServiceUnavailable', 'The local system is stopping.', 503);
  };
  return {
    sendEmail: (input, sessionToken) =>
      switches.current().sesDelaySeconds > 0
        ? accept(input, sessionToken)
        : ses.sendEmail(input, sessionToken),
  };
};
