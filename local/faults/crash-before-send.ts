/** The sending function's process dies with its mail on the way: SES never accepts it. */

import type { Lambda } from '../engines/lambda/lambda.ts';
import type { Ses } from '../engines/ses/send-email.ts';
import { AwsError } from '../ground/service.ts';
import type { FaultSwitches } from './fault-switches.ts';

/** Counts only mails that a function sends; there is no process to kill behind any other caller. */
export const crashBeforeSend = (ses: Ses, switches: FaultSwitches, crash: Lambda['crash']): Ses => ({
  sendEmail: async (input, sessionToken) => {
    const remaining = switches.current().crashBeforeSend;
    const crashed = remaining > 0 ? crash(sessionToken) : undefined;
    if (crashed === undefined) return ses.sendEmail(input, sessionToken);
    switches.set({ crashBeforeSend: remaining - 1 });
    await crashed;
    // This answer finds nobody.
    throw new AwsError('ServiceUnavailable', 'The caller has gone.', 503);
  },
});
