/** SES with everything that can go wrong with it. Refusals come at once; only a mail that is accepted takes its time. */
import type { Lambda } from '../engines/lambda/lambda.ts';
import type { Ses } from '../engines/ses/send-email.ts';
import { AwsError } from '../ground/service.ts';
import type { Wait } from '../ground/wait.ts';
import { createExactShare } from './exact-share.ts';
import type { FaultSwitches } from './fault-switches.ts';

export interface SesFaultsDependencies {
  readonly faults: FaultSwitches;
  /** Kills the process of a function that has this session token; undefined where none has. */
  readonly crash: Lambda['crash'];
  readonly wait: Wait;
}

type SendEmail = Ses['sendEmail'];

/** SES is out of order, or refuses all mails of the account. It reports a used-up quota under the name of its rate limit. */
const refusalOf = (faults: FaultSwitches): AwsError | undefined => {
  const { sesDown, sesPaused, sesQuotaReached } = faults.current();
  if (sesDown) return new AwsError('ServiceUnavailable', 'The service is temporarily unavailable.', 503);
  if (sesPaused) return new AwsError('SendingPausedException', 'Sending is paused for your account.');
  return sesQuotaReached
    ? new AwsError('TooManyRequestsException', 'Daily message quota exceeded.', 429)
    : undefined;
};

/** A share of the mails comes too fast. */
const throttle = (sendEmail: SendEmail, faults: FaultSwitches): SendEmail => {
  const isRefused = createExactShare(faults, 'sesThrottlePercent');
  return (input, sessionToken) => {
    if (isRefused()) throw new AwsError('TooManyRequestsException', 'Maximum sending rate exceeded.', 429);
    return sendEmail(input, sessionToken);
  };
};

/**
 * The sender's process dies with its mail on the way: SES never accepts it. Counts only mails that a function sends; there
 * is no process to kill behind any other caller.
 */
const crashBefore =
  (sendEmail: SendEmail, { faults, crash }: SesFaultsDependencies): SendEmail =>
  async (input, sessionToken) => {
    const { crashBeforeSend } = faults.current();
    const crashed = crashBeforeSend > 0 ? crash(sessionToken) : undefined;
    if (crashed === undefined) return sendEmail(input, sessionToken);
    faults.set({ crashBeforeSend: crashBeforeSend - 1 });
    await crashed;
    // Nobody is left to read this.
    throw new AwsError('ServiceUnavailable', 'The caller has gone.', 503);
  };

/** The sender's process dies after SES has accepted its mail and before it hears so. Counts as `crashBefore` does. */
const crashAfter =
  (sendEmail: SendEmail, { faults, crash }: SesFaultsDependencies): SendEmail =>
  async (input, sessionToken) => {
    const accepted = await sendEmail(input, sessionToken);
    const { crashAfterSend } = faults.current();
    const crashed = crashAfterSend > 0 ? crash(sessionToken) : undefined;
    if (crashed !== undefined) {
      faults.set({ crashAfterSend: crashAfterSend - 1 });
      await crashed;
    }
    return accepted;
  };

/**
 * SES takes its time. The mail is accepted at the end of it, whether or not the caller has had the patience. A mail that is
 * waited for when the system stops is not accepted.
 */
const delay = (sendEmail: SendEmail, { faults, wait }: SesFaultsDependencies): SendEmail => {
  const acceptLate: SendEmail = async (input, sessionToken) => {
    if (await wait(faults.current().sesDelaySeconds * 1000)) return sendEmail(input, sessionToken);
    throw new AwsError('ServiceUnavailable', 'The local system is stopping.', 503);
  };
  return (input, sessionToken) =>
    faults.current().sesDelaySeconds > 0 ? acceptLate(input, sessionToken) : sendEmail(input, sessionToken);
};

export const disturbSes = (ses: Ses, dependencies: SesFaultsDependencies): Ses => {
  const { faults } = dependencies;
  const accept = delay(crashAfter(ses.sendEmail, dependencies), dependencies);
  const send = throttle(crashBefore(accept, dependencies), faults);
  return {
    sendEmail: (input, sessionToken) => {
      const refusal = refusalOf(faults);
      if (refusal !== undefined) throw refusal;
      return send(input, sessionToken);
    },
  };
};
