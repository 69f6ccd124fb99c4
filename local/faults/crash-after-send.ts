/** The sending function's process dies after SES has accepted its mail and before it hears so. */
import type { Lambda } from '../engines/lambda/lambda.ts';
import type { Ses } from '../engines/ses/send-email.ts';
import type { FaultSwitches } from './fault-switches.ts';

/** Counts only mails that a function sent; there is no process to kill behind any other caller. */
export const crashAfterSend = (ses: Ses, switches: FaultSwitches, crash: Lambda['crash']): Ses => ({
  sendEmail: async (input, sessionToken) => {
    const accepted = await ses.sendEmail(input, sessionToken);
    const remaining = switches.current().crashAfterSend;
    const crashed = remaining > 0 ? crash(sessionToken) : undefined;
    if (crashed !== undefined) {
      switches.set({ crashAfterSend: remaining - 1 });
      // The answer below finds nobody.
      await crashed;
    }
    return accepted;
  },
});
