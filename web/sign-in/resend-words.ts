/** When another mail can be ordered, in words. */
import type { CodeChallenge } from '../../shared/messages/public-parameters.ts';
import { retryTime } from '../../shared/words/retry-time.ts';
import { countdown } from '../kit/times.ts';
import { bad, type Notice } from './code-challenge.ts';

type Resend = Pick<CodeChallenge, 'resendAt'>;

/** A longer countdown could be taken for a time of day. */
const LONGEST_COUNTDOWN_MS = 600_000;

/** Beside the button; undefined once it can be pressed. */
export const describeResendWait = ({ resendAt }: Resend, now: number): string | undefined => {
  if (resendAt - now > LONGEST_COUNTDOWN_MS) return `possible from ${retryTime(resendAt, now)} on`;
  const left = countdown(resendAt, now);
  return left === undefined ? undefined : `possible in ${left}`;
};

/** Once the code has expired. */
export const describeExpiry = ({ resendAt }: Resend, now: number): Notice =>
  resendAt > now
    ? bad(
        `The code has expired. Another mail, with a new code, can be ordered from ${retryTime(resendAt, now)} on.`,
      )
    : bad('The code has expired. Order another mail below; it will bring a new code.');
