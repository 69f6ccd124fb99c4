/**
 * Makes SES refuse or delay mails, or ends the sender's process. Refusals come at once; only an accepted mail is delayed, and
 * refused in the end if SES accepts none by then.
 */
import type { Lambda } from '../engines/lambda/lambda.ts';
import type { Ses } from '../engines/ses/send-email.ts';
import { AwsError } from '../ground/service.ts';
import type { Wait } from '../ground/wait.ts';
import { createExactShare } from './exact-share.ts';
import type { FaultSwitches } from './fault-switches.ts';

export interface SesFaultsDependencies {
  readonly faults: FaultSwitches;
  /** Kills the process of the function that has this session token. Undefined if there is none. */
  readonly crash: Lambda['crash'];
  readonly wait: Wait;
}

type SendEmail = Ses['sendEmail'];

/** Returns the error if SES fails or refuses all mails. For a used-up quota SES uses the same error name as for its rate limit. */
const refusalOf = (faults: FaultSwitches): AwsError | undefined => {
  const { sesDown, sesPaused, sesQuotaReached } = faults.current();
  if (sesDown) return new AwsError('ServiceUnavailable', 'The service is temporarily unavailable.', 503);
  if (sesPaused) return new AwsError('SendingPausedException', 'Sending is paused for your account.');
  return sesQuotaReached
    ? new AwsError('TooManyRequestsException', 'Daily message quota exceeded.', 429)
    : undefined;
};

/** Refuses every mail while SES fails or takes none. */
const refuse =
  (sendEmail: SendEmail, faults: FaultSwitches): SendEmail =>
  (input, sessionToken) => {
    const refusal = refusalOf(faults);
    if (refusal !== undefined) throw refusal;
    return sendEmail(input, sessionToken);
  };

/** Refuses a share of the mails as sent too fast. */
const throttle = (sendEmail: SendEmail, faults: FaultSwitches): SendEmail => {
  const isRefused = createExactShare(faults, 'sesThrottlePercent');
  return (input, sessionToken) => {
    if (isRefused()) throw new AwsError('TooManyRequestsException', 'Maximum sending rate exceeded.', 429);
    return sendEmail(input, sessionToken);
  };
};

/**
 * Kills the sender's process before SES accepts its mail. It counts only mails that a function sends, because any other
 * caller has no process to kill.
 */
const crashBefore =
  (sendEmail: SendEmail, { faults, crash }: SesFaultsDependencies): SendEmail =>
  async (input, sessionToken) => {
    const { crashBeforeSend } = faults.current();
    const crashed = crashBeforeSend > 0 ? crash(sessionToken) : undefined;
    if (crashed === undefined) return sendEmail(input, sessionToken);
    faults.set({ crashBeforeSend: crashBeforeSend - 1 });
    await crashed;
    // The caller is dead, so nobody reads this.
    throw new AwsError('ServiceUnavailable', 'The caller has gone.', 503);
  };

/** Kills the sender's process after SES has accepted its mail and before the response. Counts as `crashBefore` does. */
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
 * Delays each mail. SES accepts it after the delay, even if the caller no longer waits. It does not accept a mail that is
 * still delayed when the system stops.
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
  const accept = delay(crashAfter(refuse(ses.sendEmail, faults), dependencies), dependencies);
  const send = throttle(crashBefore(accept, dependencies), faults);
  return { sendEmail: refuse(send, faults) };
};
